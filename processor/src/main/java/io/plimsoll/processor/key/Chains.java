package io.plimsoll.processor.key;

import com.palantir.javapoet.CodeBlock;
import io.plimsoll.companion.Expressions;
import java.util.List;
import java.util.Map;
import javax.lang.model.type.ArrayType;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.PrimitiveType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import org.springframework.expression.spel.SpelNode;
import org.springframework.expression.spel.ast.Indexer;
import org.springframework.expression.spel.ast.IntLiteral;
import org.springframework.expression.spel.ast.Literal;
import org.springframework.expression.spel.ast.LongLiteral;
import org.springframework.expression.spel.ast.MethodReference;
import org.springframework.expression.spel.ast.PropertyOrFieldReference;
import org.springframework.expression.spel.ast.StringLiteral;

/** What stands behind a dot, a {@code ?.} or in brackets: {@code #order.lines[0]?.product}. */
final class Chains {

    private final KeyCompiler compiler;
    private final JavaTypes types;
    private final MemberAccess members;

    Chains(KeyCompiler compiler, JavaTypes types, MemberAccess members) {
        this.compiler = compiler;
        this.types = types;
        this.members = members;
    }

    /**
     * Follows a chain.
     *
     * @param start what the chain begins with
     * @param links what comes behind it
     */
    Value follow(Value start, List<SpelNode> links) {
        Value value = start;
        for (int i = 0; i < links.size(); i++) {
            SpelNode link = links.get(i);
            if (isNullSafe(link) && value.nullable()) {
                return restIfPresent(value, links.subList(i, links.size()));
            }
            value = step(compiler.nonNull(value), link);
        }
        return value;
    }

    /** A null before {@code ?.} makes the whole rest of the chain null. */
    private Value restIfPresent(Value value, List<SpelNode> rest) {
        String variable = compiler.nextVariable();
        Value inside = step(Value.of(CodeBlock.of(variable), value.type(), false, value.source()), rest.get(0));
        Value end = follow(inside, rest.subList(1, rest.size()));
        CodeBlock code =
                CodeBlock.of("$T.ifPresent($L, $L -> $L)", Expressions.class, value.code(), variable, end.code());
        return Value.of(code, types.boxed(end.type()), true, end.source());
    }

    private static boolean isNullSafe(SpelNode link) {
        return (link instanceof PropertyOrFieldReference property && property.isNullSafe())
                || (link instanceof MethodReference method && method.isNullSafe())
                || (link instanceof Indexer indexer && indexer.isNullSafe());
    }

    private Value step(Value receiver, SpelNode link) {
        try {
            return access(receiver, link);
        } catch (KeyProblem problem) {
            throw problem.at(Span.of(link)).in(receiver.type());
        }
    }

    private Value access(Value receiver, SpelNode link) {
        String dot = isNullSafe(link) ? "?." : ".";
        if (link instanceof PropertyOrFieldReference property) {
            return members.property(receiver, property, receiver.source() + dot + property.getName());
        }
        if (link instanceof MethodReference method) {
            return members.call(receiver, method, receiver.source() + dot + method.toStringAST());
        }
        if (link instanceof Indexer) {
            String source = receiver.source() + (isNullSafe(link) ? "?." : "") + link.toStringAST();
            return index(receiver, link.getChild(0), source);
        }
        throw Refusals.construct(link);
    }

    private Value index(Value receiver, SpelNode index, String source) {
        if (index instanceof PropertyOrFieldReference name && types.as(receiver.type(), Map.class) != null) {
            return entry(receiver, CodeBlock.of("$S", name.getName()), types.of(String.class), source);
        }
        if (!(index instanceof StringLiteral || index instanceof IntLiteral || index instanceof LongLiteral)) {
            throw KeyProblem.unresolvable(
                    source + " has an index that is computed",
                    "a literal such as [0] or ['tenant'], or a method such as .get(" + index.toStringAST() + ")");
        }
        Object literal = ((Literal) index).getLiteralValue().getValue();
        Value written = compiler.compile(index);
        if (types.as(receiver.type(), Map.class) != null) {
            return entry(receiver, written.code(), written.type(), source);
        }
        if (literal instanceof String name) {
            return members.property(receiver, name, null, source);
        }
        return element(receiver, written.code(), source);
    }

    private Value entry(Value map, CodeBlock key, TypeMirror keyType, String source) {
        DeclaredType type = types.as(map.type(), Map.class);
        TypeMirror expected = types.argument(java.util.Objects.requireNonNull(type), 0);
        if (!types.isAssignable(types.boxed(keyType), expected)) {
            throw KeyProblem.unresolvable(
                    source + " looks for a " + JavaTypes.name(types.boxed(keyType)) + " among keys of type "
                            + JavaTypes.name(expected),
                    "a literal of that type, or a method such as .get(...)");
        }
        TypeMirror found = types.argument(type, 1);
        compiler.read(key.toString().replace("\"", ""), found);
        return Value.of(CodeBlock.of("$L.get($L)", map.operand(), key), found, true, source);
    }

    private Value element(Value receiver, CodeBlock index, String source) {
        if (receiver.type() instanceof ArrayType array) {
            TypeMirror component = types.open(array.getComponentType());
            return component instanceof PrimitiveType
                    ? Value.of(CodeBlock.of("$L[$L]", receiver.operand(), index), component, false, source)
                    : at(receiver, index, component, source);
        }
        DeclaredType list = types.as(receiver.type(), List.class);
        if (list == null || receiver.type().getKind() == TypeKind.NULL) {
            throw KeyProblem.unresolvable(
                    source + " has an index, and " + receiver.source() + " is a " + JavaTypes.name(receiver.type()),
                    "an index on a List, an array or a Map only");
        }
        return at(receiver, index, types.argument(list, 0), source);
    }

    private static Value at(Value receiver, CodeBlock index, TypeMirror component, String source) {
        return Value.of(
                CodeBlock.of("$T.at($L, $L)", Expressions.class, receiver.code(), index), component, true, source);
    }
}
