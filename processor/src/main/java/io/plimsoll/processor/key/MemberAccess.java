package io.plimsoll.processor.key;

import com.palantir.javapoet.CodeBlock;
import io.plimsoll.processor.model.Suggestions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import org.jspecify.annotations.Nullable;
import org.springframework.expression.spel.SpelNode;
import org.springframework.expression.spel.ast.MethodReference;
import org.springframework.expression.spel.ast.PropertyOrFieldReference;

/** Reads a property or calls a method, or says why that cannot be. */
final class MemberAccess {

    private final KeyCompiler compiler;
    private final JavaTypes types;
    private final Members members;
    private final Access access;

    MemberAccess(KeyCompiler compiler, JavaTypes types, Members members, Access access) {
        this.compiler = compiler;
        this.types = types;
        this.members = members;
        this.access = access;
    }

    Value property(Value receiver, PropertyOrFieldReference node, String source) {
        return property(receiver, node.getName(), node, source);
    }

    /** @param node null for {@code ['name']} */
    Value property(Value receiver, String name, @Nullable SpelNode node, String source) {
        if (receiver.type().getKind() == TypeKind.ARRAY && name.equals("length")) {
            return Value.of(
                    CodeBlock.of("$L.length", receiver.operand()),
                    types.model().getPrimitiveType(TypeKind.INT),
                    false,
                    source);
        }
        TypeElement type = typeOf(receiver, source);
        Element found = members.property(type, name);
        boolean asMethod =
                found != null && !access.reaches(found) && members.names(type).contains(name + "()");
        if (found == null || asMethod) {
            throw noProperty(receiver, type, name, node);
        }
        check(found, type, source);
        String call = found instanceof ExecutableElement ? "$L.$L()" : "$L.$L";
        return result(CodeBlock.of(call, receiver.operand(), found.getSimpleName()), found, receiver, source);
    }

    Value call(Value receiver, MethodReference node, String source) {
        TypeElement type = typeOf(receiver, source);
        List<ExecutableElement> named = members.methods(type, node.getName());
        if (named.isEmpty()) {
            throw unknown(type, node.getName() + "()", node, "method " + node.getName() + "()");
        }
        List<ExecutableElement> methods = named.stream().filter(access::reaches).toList();
        if (methods.isEmpty()) {
            throw access.outOfReach(type.getSimpleName() + "." + node.getName() + "()", named.get(0));
        }
        List<Value> arguments = new ArrayList<>();
        for (int i = 0; i < node.getChildCount(); i++) {
            Value argument = compiler.compile(node.getChild(i));
            arguments.add(argument.type().getKind() == TypeKind.NULL ? argument : compiler.nonNull(argument));
        }
        ExecutableElement method = members.applicable(
                methods,
                (DeclaredType) receiver.type(),
                arguments.stream().map(Value::type).toList());
        if (method == null || (!method.getTypeParameters().isEmpty() && !arguments.isEmpty())) {
            throw noSuchCall(type, node, methods, arguments);
        }
        check(method, type, source);
        CodeBlock code = arguments.stream().map(Value::code).collect(CodeBlock.joining(", "));
        return result(CodeBlock.of("$L.$L($L)", receiver.operand(), node.getName(), code), method, receiver, source);
    }

    private TypeElement typeOf(Value receiver, String source) {
        if (JavaTypes.isUnknown(receiver.type())) {
            throw KeyProblem.unknown(receiver.source());
        }
        TypeElement type = JavaTypes.element(receiver.type());
        if (receiver.kinds().size() != 1 || type == null) {
            throw KeyProblem.unresolvable(
                    source + " asks for a member of " + receiver.source() + ", which is "
                            + (type == null ? JavaTypes.name(receiver.type()) + " and has none" : "of no single type"),
                    "a member of a parameter, such as \"#order.id\"");
        }
        if (!access.reaches(receiver.type())) {
            throw access.outOfReach(JavaTypes.name(receiver.type()) + ", the type of " + receiver.source() + ",", type);
        }
        return type;
    }

    private void check(Element found, TypeElement type, String source) {
        boolean hiddenField =
                found.getKind() == ElementKind.FIELD && !found.getModifiers().contains(Modifier.PUBLIC);
        if (hiddenField || !access.reaches(found)) {
            throw access.outOfReach(type.getSimpleName() + "." + found.getSimpleName(), found);
        }
        if (found instanceof ExecutableElement method) {
            if (method.getReturnType().getKind() == TypeKind.VOID) {
                throw KeyProblem.unresolvable(source + " returns nothing", "something that returns a value");
            }
            method.getThrownTypes().stream().filter(this::isChecked).findFirst().ifPresent(thrown -> {
                throw KeyProblem.unresolvable(
                        source + " throws " + JavaTypes.name(thrown) + ", and nobody would catch it",
                        "something that throws no checked exception");
            });
        }
    }

    private boolean isChecked(TypeMirror thrown) {
        return !types.isAssignable(thrown, types.of(RuntimeException.class))
                && !types.isAssignable(thrown, types.of(Error.class));
    }

    private Value result(CodeBlock code, Element found, Value receiver, String source) {
        TypeMirror type = members.type(found, (DeclaredType) receiver.type());
        if (JavaTypes.isUnknown(type)) {
            throw KeyProblem.unknown(source);
        }
        compiler.read(found.getSimpleName().toString(), type);
        return Value.of(code, type, !type.getKind().isPrimitive(), source);
    }

    private KeyProblem noProperty(Value receiver, TypeElement type, String name, @Nullable SpelNode node) {
        if (types.as(receiver.type(), Map.class) != null) {
            return KeyProblem.unresolvable(
                    receiver.source() + " is a Map and has no property " + name,
                    "\"" + receiver.source() + "['" + name + "']\"");
        }
        return unknown(type, name, node, "property " + name);
    }

    private KeyProblem unknown(TypeElement type, String name, @Nullable SpelNode node, String subject) {
        String plain = name.replace("()", "");
        String nearest = members.names(type).contains(plain + "()")
                ? plain + "()"
                : Suggestions.nearest(name, members.names(type));
        String fix;
        if (nearest == null) {
            fix = members.names(type).isEmpty()
                    ? "something of a type that has it"
                    : "one of " + String.join(", ", members.names(type));
        } else {
            boolean hasParentheses = name.endsWith("()");
            String better = hasParentheses ? nearest.replace("()", "") : nearest;
            fix = "did you mean \"" + (node == null ? nearest : compiler.replaced(node, better)) + "\"?";
        }
        return KeyProblem.unresolvable(type.getSimpleName() + " has no " + subject, fix);
    }

    private static KeyProblem noSuchCall(
            TypeElement type, MethodReference node, List<ExecutableElement> methods, List<Value> arguments) {
        String given = arguments.stream()
                .map(argument -> JavaTypes.name(argument.type()))
                .collect(java.util.stream.Collectors.joining(", ", "(", ")"));
        String there = methods.stream()
                .map(method -> node.getName()
                        + method.getParameters().stream()
                                .map(parameter -> JavaTypes.name(parameter.asType()))
                                .collect(java.util.stream.Collectors.joining(", ", "(", ")")))
                .distinct()
                .collect(java.util.stream.Collectors.joining(", "));
        return KeyProblem.unresolvable(
                type.getSimpleName() + " has no method " + node.getName() + " that clearly takes " + given,
                "arguments for one of " + there);
    }
}
