package io.plimsoll.processor.engine;

import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.MemberReferenceTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.Tree;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.lang.model.element.Name;
import org.jspecify.annotations.Nullable;

/** Finds the rules that want to see a tree: by its kind and, of a call, by the name of the method. Not thread-safe. */
final class Wanted {

    private final Map<Tree.Kind, List<TreeRule>> byKind = new EnumMap<>(Tree.Kind.class);

    /** A name is looked up once: a program calls few methods often. */
    private final Map<Tree.Kind, Map<@Nullable Name, List<TreeRule>>> byName = new EnumMap<>(Tree.Kind.class);

    Wanted(List<TreeRule> rules) {
        for (TreeRule rule : rules) {
            rule.kinds().forEach(kind -> byKind.computeIfAbsent(kind, each -> new ArrayList<>())
                    .add(rule));
        }
        byName.put(Tree.Kind.METHOD_INVOCATION, new HashMap<>());
        byName.put(Tree.Kind.MEMBER_REFERENCE, new HashMap<>());
    }

    List<TreeRule> of(Tree tree) {
        List<TreeRule> rules = byKind.get(tree.getKind());
        if (rules == null) {
            return List.of();
        }
        Map<@Nullable Name, List<TreeRule>> named = byName.get(tree.getKind());
        if (named == null) {
            return rules;
        }
        Name method = method(tree);
        List<TreeRule> known = named.get(method);
        if (known == null) {
            String text = String.valueOf(method);
            known = rules.stream()
                    .filter(rule -> rule.methods().isEmpty() || rule.methods().contains(text))
                    .toList();
            named.put(method, known);
        }
        return known;
    }

    private static @Nullable Name method(Tree tree) {
        if (tree instanceof MemberReferenceTree reference) {
            return reference.getName();
        }
        Tree select = tree instanceof MethodInvocationTree call ? call.getMethodSelect() : tree;
        if (select instanceof MemberSelectTree member) {
            return member.getIdentifier();
        }
        return select instanceof IdentifierTree identifier ? identifier.getName() : null;
    }
}
