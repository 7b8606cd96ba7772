package io.plimsoll.processor.key;

import com.palantir.javapoet.CodeBlock;
import io.plimsoll.companion.Expressions;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.IdentityHashMap;
import java.util.Map;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import org.jspecify.annotations.Nullable;
import org.springframework.expression.spel.SpelNode;
import org.springframework.expression.spel.ast.Literal;
import org.springframework.expression.spel.ast.OpEQ;
import org.springframework.expression.spel.ast.OpPlus;
import org.springframework.expression.spel.ast.Operator;
import org.springframework.expression.spel.ast.OperatorNot;

/** {@code +}, comparisons, {@code and}, {@code or} and {@code not}. */
final class Operators {

    private final KeyCompiler compiler;
    private final JavaTypes types;
    private final StableTypes stable;
    private final Map<SpelNode, Sum> sums = new IdentityHashMap<>();

    Operators(KeyCompiler compiler, JavaTypes types, StableTypes stable) {
        this.compiler = compiler;
        this.types = types;
        this.stable = stable;
    }

    /** What the outcome of a {@code +} is made of; null for anything else, and for a part of a greater one. */
    @Nullable
    Sum sum(SpelNode node) {
        return sums.get(node);
    }

    Value plus(OpPlus node) {
        if (node.getChildCount() < 2) {
            throw Refusals.construct(node);
        }
        Value left = compiler.nonNull(compiler.compile(node.getChild(0)));
        Value right = compiler.nonNull(compiler.compile(node.getChild(1)));
        String source = node.toStringAST();
        boolean text = isString(left) || isString(right);
        Sum first = part(node.getChild(0), left);
        Sum second = part(node.getChild(1), right);
        sums.put(node, text ? first.followedBy(second) : first.plus(second));
        if (text) {
            CodeBlock code = CodeBlock.of("$L + $L", text(node.getChild(0), left), text(node.getChild(1), right));
            return Value.of(code, types.of(String.class), false, source).notAtomic();
        }
        if (types.isIntegral(left.type()) && types.isIntegral(right.type())) {
            TypeMirror sum = isLong(left) || isLong(right) ? types.of(Long.class) : types.of(Integer.class);
            CodeBlock code = CodeBlock.of("$L + $L", left.operand(), right.operand());
            return Value.of(code, types.model().unboxedType(sum), false, source).notAtomic();
        }
        if (isBig(left) && isBig(right)) {
            return Value.of(CodeBlock.of("$L.add($L)", left.operand(), right.code()), left.type(), false, source);
        }
        throw KeyProblem.unresolvable(
                source + " adds " + JavaTypes.name(left.type()) + " and " + JavaTypes.name(right.type()),
                "\"{" + left.source() + ", " + right.source() + "}\" for a key of two parts");
    }

    private Sum part(SpelNode node, Value value) {
        Sum known = sums.remove(node);
        if (known != null) {
            return known;
        }
        if (node instanceof Literal literal) {
            return Sum.literal(String.valueOf(literal.getLiteralValue().getValue()));
        }
        if (KeyCompiler.isLiteral(node)) {
            return Sum.literal(node.toStringAST());
        }
        boolean number = types.isIntegral(value.type()) || isBig(value);
        return isString(value)
                ? Sum.text(value.source())
                : number ? Sum.number(value.source()) : Sum.other(value.source());
    }

    private static boolean isString(Value value) {
        return JavaTypes.is(value.type(), String.class);
    }

    private boolean isLong(Value value) {
        return JavaTypes.is(types.boxed(value.type()), Long.class);
    }

    private static boolean isBig(Value value) {
        return JavaTypes.is(value.type(), BigInteger.class);
    }

    /** As SpEL does: the name of an enum constant, whatever its toString says. */
    private CodeBlock text(SpelNode node, Value value) {
        try {
            stable.requireScalar(value);
        } catch (KeyProblem problem) {
            throw problem.at(Span.of(node));
        }
        TypeElement type = JavaTypes.element(value.type());
        boolean isEnum = type != null && type.getKind() == ElementKind.ENUM;
        return isEnum ? CodeBlock.of("$L.name()", value.operand()) : value.operand();
    }

    /** {@code ==} and {@code !=}: null is a value here like any other. */
    Value equality(Operator node) {
        Value left = compiler.compile(node.getChild(0));
        Value right = compiler.compile(node.getChild(1));
        requireComparable(left, right, node);
        boolean negated = !(node instanceof OpEQ);
        String sign = negated ? "!=" : "==";
        if (isNull(right) && left.nullable()) {
            return truth(CodeBlock.of("$L $L null", left.operand(), sign), node).notAtomic();
        }
        if (isNull(left) && right.nullable()) {
            return truth(CodeBlock.of("$L $L null", right.operand(), sign), node)
                    .notAtomic();
        }
        return truth(
                CodeBlock.of("$L$T.equal($L, $L)", negated ? "!" : "", Expressions.class, left.code(), right.code()),
                node);
    }

    private static boolean isNull(Value value) {
        return value.type().getKind() == TypeKind.NULL;
    }

    private void requireComparable(Value left, Value right, Operator node) {
        boolean possible = isNull(left)
                || isNull(right)
                || (isNumber(left) && isNumber(right))
                || left.kinds().size() != 1
                || right.kinds().size() != 1
                || types.mayShareValues(left.type(), right.type());
        if (!possible) {
            TypeElement enumType = JavaTypes.element(left.type());
            boolean isEnum = enumType != null && enumType.getKind() == ElementKind.ENUM && isString(right);
            throw KeyProblem.unresolvable(
                    node.toStringAST() + " compares " + JavaTypes.name(left.type()) + " with "
                            + JavaTypes.name(right.type()) + ", which are never equal",
                    isEnum ? "\"" + left.source() + ".name()\"" : "two values of one type");
        }
    }

    /** {@code <} and its like. */
    Value order(Operator node, String sign) {
        Value left = compiler.nonNull(compiler.compile(node.getChild(0)));
        Value right = compiler.nonNull(compiler.compile(node.getChild(1)));
        if (isPrimitiveNumber(left) && isPrimitiveNumber(right)) {
            return truth(CodeBlock.of("$L $L $L", left.operand(), sign, right.operand()), node)
                    .notAtomic();
        }
        if (isNumber(left) && isNumber(right)) {
            CodeBlock code =
                    CodeBlock.of("$T.compare($L, $L) $L 0", Expressions.class, left.code(), right.code(), sign);
            return truth(code, node).notAtomic();
        }
        DeclaredType comparable = types.as(left.type(), Comparable.class);
        if (comparable == null
                || types.isIntegral(left.type())
                || types.isFloating(left.type())
                || left.type().getKind().isPrimitive()
                || !types.isAssignable(right.type(), types.argument(comparable, 0))) {
            throw KeyProblem.unresolvable(
                    node.toStringAST() + " compares " + JavaTypes.name(left.type()) + " with "
                            + JavaTypes.name(right.type()) + ", which have no common order",
                    "two values of one type that is Comparable");
        }
        return truth(CodeBlock.of("$L.compareTo($L) $L 0", left.operand(), right.code(), sign), node)
                .notAtomic();
    }

    private boolean isPrimitiveNumber(Value value) {
        return types.isIntegral(value.type()) || types.isFloating(value.type());
    }

    private boolean isNumber(Value value) {
        return isPrimitiveNumber(value) || isBig(value) || JavaTypes.is(value.type(), BigDecimal.class);
    }

    Value both(Operator node, String sign) {
        CodeBlock code = CodeBlock.of(
                "$L $L $L",
                condition(compiler.compile(node.getChild(0))).operand(),
                sign,
                condition(compiler.compile(node.getChild(1))).operand());
        return truth(code, node).notAtomic();
    }

    Value not(OperatorNot node) {
        CodeBlock code = CodeBlock.of(
                "!$L", condition(compiler.compile(node.getChild(0))).operand());
        return Value.of(code, types.model().getPrimitiveType(TypeKind.BOOLEAN), false, node.toStringAST());
    }

    /** A value that decides something. */
    Value condition(Value value) {
        if (!types.isBoolean(value.type())) {
            throw KeyProblem.unresolvable(
                    value.source() + " is a " + JavaTypes.name(value.type()) + ", not a condition",
                    "a comparison, such as \"" + value.source() + " != null\"");
        }
        return compiler.nonNull(value);
    }

    private Value truth(CodeBlock code, Operator node) {
        return Value.of(code, types.model().getPrimitiveType(TypeKind.BOOLEAN), false, node.toStringAST());
    }
}
