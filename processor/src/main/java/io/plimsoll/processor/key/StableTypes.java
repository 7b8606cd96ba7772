package io.plimsoll.processor.key;

import com.palantir.javapoet.CodeBlock;
import io.plimsoll.companion.Expressions;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.RecordComponentElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;

/** Knows which values are the same in another process and another year, and takes records and lists apart into them. */
final class StableTypes {

    private static final Set<String> SCALARS = Set.of(
            String.class.getName(),
            Character.class.getName(),
            Boolean.class.getName(),
            Byte.class.getName(),
            Short.class.getName(),
            Integer.class.getName(),
            Long.class.getName(),
            BigInteger.class.getName(),
            UUID.class.getName(),
            "java.time.Duration",
            "java.time.Instant",
            "java.time.LocalDate",
            "java.time.LocalDateTime",
            "java.time.LocalTime",
            "java.time.MonthDay",
            "java.time.OffsetDateTime",
            "java.time.OffsetTime",
            "java.time.Period",
            "java.time.Year",
            "java.time.YearMonth",
            "java.time.ZoneId",
            "java.time.ZoneOffset",
            "java.time.ZonedDateTime");

    private final KeyCompiler compiler;
    private final JavaTypes types;
    private final Members members;
    private final Access access;

    StableTypes(KeyCompiler compiler, JavaTypes types, Members members, Access access) {
        this.compiler = compiler;
        this.types = types;
        this.members = members;
        this.access = access;
    }

    /** A value that a key may hold, in the form in which it holds it, and never null. */
    Value settle(Value value) {
        if (value.type().getKind() == TypeKind.NULL) {
            throw KeyProblem.unresolvable(value.source() + " is null, always", "a parameter, such as \"#order.id\"");
        }
        Value there = compiler.nonNull(value);
        boolean certain = value.kinds().size() == 1
                && types.model()
                        .isSameType(
                                types.boxed(value.type()),
                                types.boxed(value.kinds().get(0)));
        if (certain) {
            CodeBlock code = settled(there.code(), value.kinds().get(0), value.source(), List.of());
            return Value.of(code, types.of(Object.class), false, value.source());
        }
        value.kinds().forEach(kind -> requireScalar(kind, value.source()));
        return there;
    }

    /** Refuses a value that has no stable text of its own. */
    void requireScalar(Value value) {
        value.kinds().forEach(kind -> requireScalar(kind, value.source()));
        if (value.kinds().isEmpty()) {
            throw unstable(value.type(), value.source());
        }
    }

    private void requireScalar(TypeMirror type, String source) {
        if (!isScalar(type)) {
            throw isComposite(type) ? Instability.noText(type, source) : unstable(type, source);
        }
    }

    private boolean isComposite(TypeMirror type) {
        TypeElement element = JavaTypes.element(type);
        return (element != null && element.getKind() == ElementKind.RECORD) || types.as(type, List.class) != null;
    }

    private boolean isScalar(TypeMirror type) {
        TypeElement element = JavaTypes.element(types.boxed(type));
        return element != null
                && (element.getKind() == ElementKind.ENUM
                        || SCALARS.contains(element.getQualifiedName().toString()));
    }

    /**
     * @param code not null
     * @param around the records that the value is a part of
     */
    private CodeBlock settled(CodeBlock code, TypeMirror type, String source, List<TypeMirror> around) {
        if (JavaTypes.isUnknown(type)) {
            throw KeyProblem.unknown(source);
        }
        if (isScalar(type)) {
            return code;
        }
        DeclaredType list = types.as(type, List.class);
        if (list != null && !list.getTypeArguments().isEmpty()) {
            return parts(code, types.argument(list, 0), source, around);
        }
        TypeElement element = JavaTypes.element(type);
        if (element != null && element.getKind() == ElementKind.RECORD && !isEndless(type, around)) {
            List<TypeMirror> deeper = new ArrayList<>(around);
            deeper.add(type);
            return components(code, (DeclaredType) type, element, source, deeper);
        }
        throw unstable(type, source);
    }

    /** A record in itself; or one that has ever more type arguments, which no key has a use for. */
    private boolean isEndless(TypeMirror record, List<TypeMirror> around) {
        return around.size() > 16
                || around.stream().anyMatch(outer -> types.model().isSameType(outer, record));
    }

    private CodeBlock parts(CodeBlock list, TypeMirror each, String source, List<TypeMirror> around) {
        if (isScalar(each)) {
            return CodeBlock.of("$T.parts($L, $S)", Expressions.class, list, source);
        }
        String variable = compiler.nextVariable();
        CodeBlock part = settled(CodeBlock.of(variable), each, source + "[]", around);
        return CodeBlock.of("$T.parts($L, $S, $L -> $L)", Expressions.class, list, source, variable, part);
    }

    /** A record is the list of its components: written down here, so that nothing is reflected on later. */
    private CodeBlock components(
            CodeBlock code, DeclaredType type, TypeElement element, String source, List<TypeMirror> around) {
        if (!access.reaches(type)) {
            throw access.outOfReach(JavaTypes.name(type) + ", the type of " + source + ",", element);
        }
        String variable = compiler.nextVariable();
        CodeBlock parts = element.getRecordComponents().stream()
                .map(component -> component(variable, component, type, source, around))
                .collect(CodeBlock.joining(", "));
        return CodeBlock.of(
                "$T.ifPresent($L, $L -> $T.<$T>of($L))",
                Expressions.class,
                code,
                variable,
                List.class,
                Object.class,
                parts);
    }

    private CodeBlock component(
            String variable,
            RecordComponentElement component,
            DeclaredType type,
            String source,
            List<TypeMirror> around) {
        ExecutableElement accessor = component.getAccessor();
        TypeMirror found = members.type(accessor, type);
        String name = source + "." + component.getSimpleName();
        compiler.read(component.getSimpleName().toString(), found);
        CodeBlock read = CodeBlock.of("$L.$L()", variable, accessor.getSimpleName());
        Value part = Value.of(read, found, !found.getKind().isPrimitive(), name);
        return settled(compiler.nonNull(part).code(), found, name, around);
    }

    private KeyProblem unstable(TypeMirror type, String source) {
        return Instability.of(type, source, types, members);
    }
}
