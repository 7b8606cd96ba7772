package io.plimsoll.processor.model;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.TypeElement;

/**
 * Knows the classes of a test suite, where {@code @Transactional} means "roll back" and an unbounded client hurts
 * nobody. Not thread-safe; valid for one compilation.
 */
public final class TestClasses {

    private static final Pattern NAME = Pattern.compile("\\w*(?:Test|Tests|TestCase|[a-z]IT)");

    private static final List<String> LIBRARIES = List.of(
            "org.springframework.test.", "org.springframework.boot.test.", "org.junit.", "junit.", "org.testng.");

    private static final Set<String> TESTS = Set.of("Test", "ParameterizedTest", "TestFactory", "RepeatedTest");

    private final Map<TypeElement, Boolean> known = new HashMap<>();

    /** Whether a class, or one around it, is a test: by its name, its annotations, its superclasses or its methods. */
    public boolean isTest(TypeElement type, Compilation compilation) {
        Boolean answer = known.get(type);
        if (answer == null) {
            answer = looksLikeOne(type, compilation)
                    || (type.getEnclosingElement() instanceof TypeElement outer && isTest(outer, compilation));
            known.put(type, answer);
        }
        return answer;
    }

    private static boolean looksLikeOne(TypeElement type, Compilation compilation) {
        return NAME.matcher(type.getSimpleName()).matches()
                || compilation.hierarchy().of(type).stream()
                        .anyMatch(each -> isOfLibrary(each) || isAnnotated(each, compilation))
                || type.getEnclosedElements().stream().anyMatch(TestClasses::isTestMethod);
    }

    private static boolean isAnnotated(TypeElement type, Compilation compilation) {
        return compilation.annotations().on(type).stream().anyMatch(merged -> isOfLibrary(merged.type()));
    }

    private static boolean isTestMethod(Element member) {
        return member.getKind() == ElementKind.METHOD
                && member.getAnnotationMirrors().stream()
                        .map(mirror -> mirror.getAnnotationType().asElement().getSimpleName())
                        .anyMatch(name -> TESTS.contains(name.toString()));
    }

    private static boolean isOfLibrary(TypeElement type) {
        String name = type.getQualifiedName().toString();
        return LIBRARIES.stream().anyMatch(name::startsWith);
    }
}
