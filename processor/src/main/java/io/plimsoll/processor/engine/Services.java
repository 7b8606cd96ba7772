package io.plimsoll.processor.engine;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.ServiceLoader;

/** Finds rules and fact writers in the processor's own class loader: never in the one of the compiled application. */
final class Services {

    private Services() {}

    static <S> List<S> load(Class<S> service) {
        List<S> found = new ArrayList<>();
        ServiceLoader.load(service, Services.class.getClassLoader()).forEach(found::add);
        found.sort(Comparator.comparing(each -> each.getClass().getName()));
        return List.copyOf(found);
    }

    /** All rules, each once: to find and make them takes a while, so that processor and plugin share them. */
    static List<Rule> rules() {
        List<Rule> rules = new ArrayList<>(load(ElementRule.class));
        rules.addAll(load(TreeRule.class));
        rules.add(UnusedSuppression.RULE);
        rules.sort(Comparator.comparing(Rule::name));
        return List.copyOf(rules);
    }

    /** The rules of one sort, in the order in which they run. */
    static <R extends Rule> List<R> only(Class<R> sort, List<Rule> rules) {
        return rules.stream()
                .filter(sort::isInstance)
                .map(sort::cast)
                .sorted(Comparator.comparing(each -> each.getClass().getName()))
                .toList();
    }
}
