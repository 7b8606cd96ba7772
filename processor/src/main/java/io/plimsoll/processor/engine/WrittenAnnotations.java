package io.plimsoll.processor.engine;

import com.sun.source.tree.AnnotationTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ModifiersTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.TreePath;
import com.sun.source.util.Trees;
import io.plimsoll.processor.model.Mirrors;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.AnnotationValue;
import javax.lang.model.element.Element;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.ArrayType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import org.jspecify.annotations.Nullable;

/**
 * Finds annotations that stand in the source but not in the model: javac 17 leaves out those whose type does not exist
 * (yet), where later versions show an error type. Names are compared first, since attributing all of them would be
 * slow.
 */
final class WrittenAnnotations {

    private WrittenAnnotations() {}

    /** Whether an annotation on a type or its members has no type. Nested types are not looked at. */
    static boolean lacksAny(TypeElement type, Trees trees) {
        ClassTree source = trees.getTree(type);
        if (source == null) {
            return false;
        }
        Set<String> known = new HashSet<>();
        addTo(known, type);
        type.getEnclosedElements().forEach(member -> addTo(known, member));
        // A parameter of a record's constructor may be all that is left of an annotation: hence the closer look.
        return modifiers(source).stream().anyMatch(modifiers -> modifiers.getAnnotations().stream()
                .anyMatch(each -> !known.contains(simpleName(each)) && lacksType(each, modifiers, type, trees)));
    }

    private static List<ModifiersTree> modifiers(ClassTree source) {
        List<ModifiersTree> modifiers = new ArrayList<>(List.of(source.getModifiers()));
        for (Tree member : source.getMembers()) {
            if (member instanceof MethodTree method) {
                modifiers.add(method.getModifiers());
            } else if (member instanceof VariableTree field) {
                modifiers.add(field.getModifiers());
            }
        }
        return modifiers;
    }

    private static String simpleName(AnnotationTree annotation) {
        if (annotation.getAnnotationType() instanceof IdentifierTree simple) {
            return simple.getName().toString(); // Without printing the tree, which is costly.
        }
        String name = annotation.getAnnotationType().toString();
        return name.substring(name.lastIndexOf('.') + 1);
    }

    private static boolean lacksType(AnnotationTree annotation, ModifiersTree modifiers, TypeElement on, Trees trees) {
        TreePath path = new TreePath(new TreePath(trees.getPath(on), modifiers), annotation);
        Element type = trees.getElement(new TreePath(path, annotation.getAnnotationType()));
        return type == null || type.asType().getKind() == TypeKind.ERROR;
    }

    private static void addTo(Set<String> known, Element element) {
        element.getAnnotationMirrors().forEach(mirror -> addTo(known, mirror));
        // An annotation of types stands before a method or a field, and belongs to what it returns or holds.
        TypeMirror type = element instanceof ExecutableElement method ? method.getReturnType() : element.asType();
        for (TypeMirror next = type; next != null; next = component(next)) {
            next.getAnnotationMirrors().forEach(mirror -> addTo(known, mirror));
        }
    }

    private static @Nullable TypeMirror component(TypeMirror type) {
        return type instanceof ArrayType array ? array.getComponentType() : null;
    }

    /** With the annotations in a container: the container of repeated ones is not what stands in the source. */
    private static void addTo(Set<String> known, AnnotationMirror mirror) {
        TypeElement type = Mirrors.type(mirror);
        if (type == null) {
            return;
        }
        known.add(type.getSimpleName().toString());
        AnnotationValue value = Mirrors.value(mirror, "value");
        if (value != null && value.getValue() instanceof List<?> items) {
            for (Object item : items) {
                if (item instanceof AnnotationValue inner && inner.getValue() instanceof AnnotationMirror nested) {
                    addTo(known, nested);
                }
            }
        }
    }
}
