package io.plimsoll.processor.logging;

import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.util.TreePath;
import io.plimsoll.processor.model.Hierarchy;
import io.plimsoll.processor.tree.Code;
import java.util.Locale;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.ElementFilter;
import org.jspecify.annotations.Nullable;

/** Knows what is {@code @Sensitive}, and by which name. */
final class Marks {

    private static final String SENSITIVE = "io.plimsoll.sensitive.Sensitive";

    private final Code code;
    private final Sources sources;
    private final Texts texts;

    Marks(Code code, Sources sources) {
        this.code = code;
        this.sources = sources;
        this.texts = new Texts(code, this, sources);
    }

    /** Looks into a method of the class that is being checked, before javac takes it apart. */
    void remember(ExecutableElement method) {
        if (method.getSimpleName().contentEquals("toString")) {
            texts.ofMethod(method);
        } else {
            ofGetter(method);
        }
    }

    /** What is sensitive about a variable, a call or another value; null if nothing is known. */
    @Nullable
    String of(TreePath value) {
        Element element = value.getLeaf() instanceof MethodInvocationTree ? code.called(value) : code.element(value);
        String what = null;
        if (element instanceof ExecutableElement method && value.getLeaf() instanceof MethodInvocationTree) {
            what = of(method);
        } else if (element instanceof VariableElement variable) {
            what = of(variable, value);
        }
        return what != null ? what : texts.ofType(code.type(value));
    }

    private @Nullable String of(VariableElement variable, TreePath use) {
        if (isMarked(variable)) {
            return name(variable);
        }
        if (variable.getKind() != ElementKind.LOCAL_VARIABLE) {
            return null;
        }
        TreePath origin = Locals.onlyValue(variable, use, code);
        if (origin == null || !(origin.getLeaf() instanceof ExpressionTree)) {
            return null;
        }
        Element source = origin.getLeaf() instanceof MethodInvocationTree ? code.called(origin) : code.element(origin);
        if (source instanceof ExecutableElement method && origin.getLeaf() instanceof MethodInvocationTree) {
            return of(method);
        }
        return source instanceof VariableElement other && isMarked(other) ? name(other) : null;
    }

    /** What a method returns, by its own mark or by that of the field it gives away. */
    @Nullable
    String of(ExecutableElement method) {
        TypeElement owner = Hierarchy.owner(method);
        for (ExecutableElement each : code.compilation().hierarchy().declarations(method, owner)) {
            if (isMarked(each)) {
                return name(method);
            }
        }
        return ofGetter(method);
    }

    private @Nullable String ofGetter(ExecutableElement method) {
        VariableElement field = field(method, Hierarchy.owner(method));
        return field != null && isMarked(field) && sources.getter(method, () -> Getters.mayReturn(field, method, code))
                ? name(field)
                : null;
    }

    /** The field that a getter is named for. The accessor of a record has a mark of its own if it is the plain one. */
    private static @Nullable VariableElement field(ExecutableElement method, TypeElement owner) {
        String name = method.getSimpleName().toString();
        if (!method.getParameters().isEmpty() || owner.getKind() != ElementKind.CLASS) {
            return null;
        }
        String property = name.startsWith("get") && name.length() > 3 ? name.substring(3) : name;
        for (VariableElement field : ElementFilter.fieldsIn(owner.getEnclosedElements())) {
            String candidate = field.getSimpleName().toString();
            if (candidate.equals(name)
                    || candidate.equals(property.substring(0, 1).toLowerCase(Locale.ROOT) + property.substring(1))) {
                return field;
            }
        }
        return null;
    }

    boolean isMarked(Element element) {
        return code.compilation().annotations().find(element, SENSITIVE) != null;
    }

    /** Whether each object of a type is sensitive. */
    boolean isMarked(TypeMirror type) {
        return type instanceof DeclaredType declared
                && declared.asElement() instanceof TypeElement element
                && code.compilation().hierarchy().of(element).stream().anyMatch(this::isMarked);
    }

    static String name(Element element) {
        Element owner = element.getEnclosingElement();
        return owner instanceof TypeElement && !owner.getSimpleName().isEmpty()
                ? owner.getSimpleName() + "." + element.getSimpleName()
                : element.getSimpleName().toString();
    }
}
