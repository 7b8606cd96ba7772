package io.plimsoll.processor.logging;

import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ReturnTree;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import io.plimsoll.processor.tree.Code;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.RecordComponentElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.ArrayType;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.ElementFilter;
import org.jspecify.annotations.Nullable;

/** Knows which objects tell something sensitive when they are printed as a whole. */
final class Texts {

    private static final Pattern FIRST = Pattern.compile(", which ");

    private final Code code;
    private final Marks marks;
    private final Sources sources;
    /** Types that are being looked at: objects may hold each other. */
    private final Set<TypeElement> open = new HashSet<>();

    Texts(Code code, Marks marks, Sources sources) {
        this.code = code;
        this.marks = marks;
        this.sources = sources;
    }

    /** What the text of an object would tell; null if nothing is known against it. */
    @Nullable
    String ofType(@Nullable TypeMirror type) {
        if (type instanceof ArrayType || !(type instanceof DeclaredType declared)) {
            return null; // An array prints its address.
        }
        TypeElement element = (TypeElement) declared.asElement();
        if (marks.isMarked(type)) {
            return element.getSimpleName().toString();
        }
        if (element.getQualifiedName().toString().startsWith("java.")) {
            return holdsOthers(element) ? ofAny(declared.getTypeArguments()) : null;
        }
        if (!open.add(element)) {
            return null;
        }
        String what = ofText(element);
        open.remove(element);
        return what == null ? null : FIRST.split(what)[0] + ", which " + element.getSimpleName() + ".toString prints,";
    }

    private @Nullable String ofAny(List<? extends TypeMirror> types) {
        for (TypeMirror type : types) {
            String what = ofType(type);
            if (what != null) {
                return what;
            }
        }
        return null;
    }

    /** Collections, maps and optional values print what is in them. */
    private boolean holdsOthers(TypeElement type) {
        return type.getQualifiedName().contentEquals("java.util.Optional")
                || code.compilation().hierarchy().of(type).stream()
                        .map(each -> each.getQualifiedName().toString())
                        .anyMatch(name -> name.equals("java.util.Collection") || name.equals("java.util.Map"));
    }

    private @Nullable String ofText(TypeElement type) {
        ExecutableElement toString = toString(type);
        if (toString == null) {
            return null;
        }
        // The one that javac makes for a record is final; hardly anybody writes that.
        boolean generated =
                type.getKind() == ElementKind.RECORD && toString.getModifiers().contains(Modifier.FINAL);
        return generated ? ofComponents(type) : ofMethod(toString);
    }

    /** Only the source can tell: a compiled method may mask. */
    @Nullable
    String ofMethod(ExecutableElement toString) {
        return sources.text(toString, () -> {
            TreePath written = code.declaration(toString);
            return written != null && written.getLeaf() instanceof MethodTree ? ofWritten(written) : null;
        });
    }

    private static @Nullable ExecutableElement toString(TypeElement type) {
        for (ExecutableElement method : ElementFilter.methodsIn(type.getEnclosedElements())) {
            if (method.getSimpleName().contentEquals("toString")
                    && method.getParameters().isEmpty()) {
                return method;
            }
        }
        return null;
    }

    private @Nullable String ofComponents(TypeElement type) {
        for (RecordComponentElement component : type.getRecordComponents()) {
            if (marks.isMarked(component)) {
                return Marks.name(component);
            }
            String what = ofType(component.asType());
            if (what != null) {
                return what;
            }
        }
        return null;
    }

    /** Lombok's are written, too. */
    private @Nullable String ofWritten(TreePath toString) {
        String[] what = {null};
        new TreePathScanner<@Nullable Void, @Nullable Void>() {
            @Override
            public @Nullable Void visitReturn(ReturnTree tree, @Nullable Void unused) {
                ExpressionTree result = tree.getExpression();
                if (what[0] == null && result != null) {
                    for (Leaks.Leak leak : new Leaks(code, marks).in(new TreePath(getCurrentPath(), result))) {
                        what[0] = leak.what();
                    }
                }
                return null;
            }
        }.scan(toString, null);
        return what[0];
    }
}
