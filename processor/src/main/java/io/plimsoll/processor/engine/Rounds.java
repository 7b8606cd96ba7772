package io.plimsoll.processor.engine;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import javax.annotation.processing.RoundEnvironment;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.PackageElement;
import javax.lang.model.element.QualifiedNameable;
import javax.lang.model.util.Elements;
import org.jspecify.annotations.Nullable;

/**
 * Puts off types that mention what does not exist yet: another processor may write it in this round. They come again
 * in the next one. What never comes to exist is the compiler's business: it refuses the code.
 */
final class Rounds {

    private final Set<String> waitingTypes = new LinkedHashSet<>();
    private final Set<String> waitingPackages = new LinkedHashSet<>();

    /** The packages and top-level types to look at now, each once in a compilation. */
    List<Element> ready(RoundEnvironment round, Elements elements, Completeness completeness) {
        List<Element> ready = new ArrayList<>();
        for (Element element : candidates(round, elements)) {
            String name = ((QualifiedNameable) element).getQualifiedName().toString();
            if (completeness.isComplete(element)) {
                ready.add(element);
            } else {
                (isPackage(element) ? waitingPackages : waitingTypes).add(name);
            }
        }
        return ready;
    }

    private List<Element> candidates(RoundEnvironment round, Elements elements) {
        Set<Element> candidates = new LinkedHashSet<>();
        waitingPackages.forEach(name -> addIfPresent(elements.getPackageElement(name), candidates));
        waitingTypes.forEach(name -> addIfPresent(elements.getTypeElement(name), candidates));
        waitingPackages.clear();
        waitingTypes.clear();
        for (Element root : round.getRootElements()) {
            if (isPackage(root) || root.getKind().isClass() || root.getKind().isInterface()) {
                candidates.add(root);
            }
        }
        return List.copyOf(candidates);
    }

    private static void addIfPresent(@Nullable Element element, Set<Element> candidates) {
        if (element != null) {
            candidates.add(element);
        }
    }

    private static boolean isPackage(Element element) {
        return element.getKind() == ElementKind.PACKAGE && element instanceof PackageElement;
    }
}
