package io.plimsoll.processor.tree;

import com.sun.source.util.TreePath;
import io.plimsoll.processor.model.Mirrors;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.TypeElement;

/** Tells tests from what goes into production: by where the file lies, or by a method that is a test. */
public final class TestCode {

    /** {@code src/test/java}, {@code src/integrationTest/java}, {@code src/testFixtures/java}. */
    private static final Pattern FOLDER = Pattern.compile(".*/src/\\w*[tT]est\\w*/.*");

    private static final Set<String> TESTS = Set.of(
            "org.junit.Test",
            "org.junit.jupiter.api.Test",
            "org.junit.jupiter.api.TestFactory",
            "org.junit.jupiter.params.ParameterizedTest",
            "org.testng.annotations.Test");

    private final Map<TypeElement, Boolean> known = new HashMap<>();

    /** Whether a tree belongs to a test. */
    public boolean holds(TreePath tree, Code code) {
        String file = tree.getCompilationUnit().getSourceFile().getName().replace('\\', '/');
        TypeElement type = code.enclosingType(tree);
        return FOLDER.matcher(file).matches() || (type != null && known.computeIfAbsent(outermost(type), this::isTest));
    }

    private static TypeElement outermost(TypeElement type) {
        Element outermost = type;
        for (Element next = type; next != null && next.getKind() != ElementKind.PACKAGE; ) {
            outermost = next;
            next = next.getEnclosingElement();
        }
        return (TypeElement) outermost;
    }

    private boolean isTest(TypeElement type) {
        for (Element member : type.getEnclosedElements()) {
            for (AnnotationMirror mirror : member.getAnnotationMirrors()) {
                TypeElement annotation = Mirrors.type(mirror);
                if (annotation != null
                        && TESTS.contains(annotation.getQualifiedName().toString())) {
                    return true;
                }
            }
        }
        return false;
    }
}
