package io.plimsoll.processor.key;

import com.palantir.javapoet.CodeBlock;
import io.plimsoll.companion.Expressions;
import io.plimsoll.processor.model.Compilation;
import io.plimsoll.processor.model.Suggestions;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import javax.lang.model.element.Element;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import org.springframework.expression.spel.SpelNode;
import org.springframework.expression.spel.ast.CompoundExpression;
import org.springframework.expression.spel.ast.Elvis;
import org.springframework.expression.spel.ast.InlineList;
import org.springframework.expression.spel.ast.Literal;
import org.springframework.expression.spel.ast.MethodReference;
import org.springframework.expression.spel.ast.OpAnd;
import org.springframework.expression.spel.ast.OpEQ;
import org.springframework.expression.spel.ast.OpGE;
import org.springframework.expression.spel.ast.OpGT;
import org.springframework.expression.spel.ast.OpLE;
import org.springframework.expression.spel.ast.OpLT;
import org.springframework.expression.spel.ast.OpMinus;
import org.springframework.expression.spel.ast.OpNE;
import org.springframework.expression.spel.ast.OpOr;
import org.springframework.expression.spel.ast.OpPlus;
import org.springframework.expression.spel.ast.OperatorNot;
import org.springframework.expression.spel.ast.PropertyOrFieldReference;
import org.springframework.expression.spel.ast.Ternary;
import org.springframework.expression.spel.ast.VariableReference;

/** Turns the tree of one expression into Java. Used once. */
final class KeyCompiler {

    private final String text;
    private final KeyScope scope;
    private final JavaTypes types;
    private final Access access;
    private final StableTypes stable;
    private final Operators operators;
    private final Chains chains;
    private final Set<String> used = new LinkedHashSet<>();
    private final List<Member> members = new ArrayList<>();
    private int variables;

    KeyCompiler(String text, KeyScope scope, Compilation compilation) {
        this.text = text;
        this.scope = scope;
        this.types = new JavaTypes(compilation.elements(), compilation.types());
        this.access = new Access(compilation.elements(), scope.site());
        Members known = new Members(compilation.elements(), types, access);
        this.stable = new StableTypes(this, types, known, access);
        this.operators = new Operators(this, types, stable);
        this.chains = new Chains(this, types, new MemberAccess(this, types, known, access));
    }

    /** The whole expression: as a key, or where it need not be stable as the value that it is, which may be null. */
    Value whole(SpelNode tree) {
        if (scope.mark().stable()) {
            return key(tree);
        }
        Value value = compile(tree);
        if (value.type().getKind() == TypeKind.NULL) {
            throw KeyProblem.unresolvable(
                            value.source() + " is null, always", "something else, such as \"#" + scope.example() + "\"")
                    .at(Span.of(tree));
        }
        return value;
    }

    /** The expression as a value that is never null and of a stable type. */
    Value key(SpelNode tree) {
        Value value = compile(tree);
        try {
            return stable.settle(value);
        } catch (KeyProblem problem) {
            throw problem.at(Span.of(tree));
        }
    }

    /** The variables that the expression has used so far. */
    Set<String> used() {
        return used;
    }

    /** What the expression reads of them, and of what it has read. */
    List<Member> members() {
        return members;
    }

    /** Takes note of a member that becomes a part of the expression. */
    void read(String name, TypeMirror type) {
        members.add(new Member(name, type));
    }

    /** For each {@code +} whose outcome is a part of the key, what it is made of. */
    List<Sum> sums(SpelNode tree) {
        List<Sum> sums = new ArrayList<>();
        addSums(tree, sums);
        return sums;
    }

    private void addSums(SpelNode node, List<Sum> found) {
        Sum sum = operators.sum(node);
        if (sum != null) {
            found.add(sum);
        } else if (node instanceof InlineList || node instanceof Elvis) {
            children(node).forEach(child -> addSums(child, found));
        } else if (node instanceof Ternary) {
            addSums(node.getChild(1), found);
            addSums(node.getChild(2), found);
        } else if (node instanceof CompoundExpression) {
            addSums(node.getChild(0), found);
        }
    }

    /** Compiles a part. A problem in it that says nothing of where it is, is there. */
    Value compile(SpelNode node) {
        try {
            return compiled(node);
        } catch (KeyProblem problem) {
            throw problem.at(Span.of(node));
        }
    }

    private Value compiled(SpelNode node) {
        if (node instanceof VariableReference) {
            return variable(node);
        }
        if (node instanceof CompoundExpression) {
            return chains.follow(compile(node.getChild(0)), children(node).subList(1, node.getChildCount()));
        }
        if (node instanceof Literal literal) {
            return literal(literal);
        }
        if (isNegativeNumber(node)) {
            Value number = literal((Literal) node.getChild(0));
            return Value.of(CodeBlock.of("-$L", number.code()), number.type(), false, node.toStringAST())
                    .notAtomic();
        }
        if (node instanceof InlineList) {
            return list(node);
        }
        if (node instanceof Elvis) {
            return elvis(node);
        }
        if (node instanceof Ternary) {
            return ternary(node);
        }
        if (node instanceof PropertyOrFieldReference || node instanceof MethodReference) {
            String name = node.toStringAST().replaceFirst("\\(.*", "");
            throw Refusals.noReceiver(node, name, scope.names(), replaced(node, "#" + name));
        }
        return operator(node);
    }

    private Value operator(SpelNode node) {
        if (node instanceof OpPlus plus) {
            return operators.plus(plus);
        }
        if (node instanceof OpEQ equal) {
            return operators.equality(equal);
        }
        if (node instanceof OpNE unequal) {
            return operators.equality(unequal);
        }
        if (node instanceof OpLT less) {
            return operators.order(less, "<");
        }
        if (node instanceof OpLE atMost) {
            return operators.order(atMost, "<=");
        }
        if (node instanceof OpGT greater) {
            return operators.order(greater, ">");
        }
        if (node instanceof OpGE atLeast) {
            return operators.order(atLeast, ">=");
        }
        if (node instanceof OpAnd and) {
            return operators.both(and, "&&");
        }
        if (node instanceof OpOr or) {
            return operators.both(or, "||");
        }
        if (node instanceof OperatorNot not) {
            return operators.not(not);
        }
        throw Refusals.construct(node);
    }

    private Value variable(SpelNode node) {
        String source = node.toStringAST();
        String name = source.substring(1);
        int position = scope.position(name);
        if (position < 0) {
            throw unknownVariable(node, name);
        }
        if (scope.isTwice(name)) {
            throw Refusals.twice(name, scope);
        }
        used.add(name);
        TypeMirror declared = scope.variables().get(position).type();
        if (declared != null && declared.getKind() == TypeKind.VOID && !scope.isParameter(position)) {
            throw Refusals.nothing(name, scope);
        }
        if (declared == null || JavaTypes.isUnknown(declared)) {
            throw KeyProblem.unknown(source);
        }
        TypeMirror type = types.boxed(types.open(declared));
        Element hidden = access.unnameable(type);
        if (hidden != null) {
            throw access.outOfReach(hidden.getSimpleName() + ", in the type of " + source + ",", hidden);
        }
        boolean nullable = !declared.getKind().isPrimitive();
        return JavaTypes.is(type, Object.class)
                ? Value.of(CodeBlock.of("arguments[$L]", position), type, nullable, source)
                : Value.of(CodeBlock.of("($T) arguments[$L]", type, position), type, nullable, source)
                        .notAtomic();
    }

    private KeyProblem unknownVariable(SpelNode node, String name) {
        KeyProblem known = Refusals.variable(name, scope);
        if (known != null) {
            return known;
        }
        List<String> names = scope.names();
        String nearest = Suggestions.nearest(name, names);
        String fix = nearest != null
                ? "did you mean \"" + replaced(node, "#" + nearest) + "\"?"
                : names.isEmpty()
                        ? "give the method a parameter that tells its calls apart"
                        : "one of #" + String.join(", #", names);
        return Refusals.unknown(name, fix, scope);
    }

    private Value literal(Literal node) {
        Object value = node.getLiteralValue().getValue();
        String source = node.toStringAST();
        if (value == null) {
            return Value.of(CodeBlock.of("null"), types.model().getNullType(), true, source);
        }
        TypeMirror type = types.of(value.getClass());
        CodeBlock code =
                switch (value.getClass().getSimpleName()) {
                    case "String" -> CodeBlock.of("$S", value);
                    case "Long" -> CodeBlock.of("$LL", value);
                    case "Float" -> CodeBlock.of("$LF", value);
                    default -> CodeBlock.of("$L", value);
                };
        return Value.of(code, value instanceof String ? type : types.model().unboxedType(type), false, source);
    }

    /** A value that is written down: SpEL takes the sign of a negative number for an operator. */
    static boolean isLiteral(SpelNode node) {
        return node instanceof Literal || isNegativeNumber(node);
    }

    private static boolean isNegativeNumber(SpelNode node) {
        return node instanceof OpMinus
                && node.getChildCount() == 1
                && node.getChild(0) instanceof Literal literal
                && literal.getLiteralValue().getValue() instanceof Number;
    }

    private Value list(SpelNode node) {
        CodeBlock parts =
                children(node).stream().map(child -> key(child).code()).collect(CodeBlock.joining(", "));
        CodeBlock code = CodeBlock.of("$T.<$T>of($L)", List.class, Object.class, parts);
        return new Value(code, types.of(List.class), List.of(), false, true, node.toStringAST());
    }

    /** {@code a ?: b}: b instead of null and of the empty string. */
    private Value elvis(SpelNode node) {
        Value left = compile(node.getChild(0));
        Value right = compile(node.getChild(1));
        boolean cheap = isLiteral(node.getChild(1));
        CodeBlock code = cheap
                ? CodeBlock.of("$T.orElse($L, $L)", Expressions.class, left.code(), right.code())
                : CodeBlock.of("$T.orElseGet($L, () -> $L)", Expressions.class, left.code(), right.code());
        return oneOf(node, code, left, right);
    }

    private Value ternary(SpelNode node) {
        Value condition = operators.condition(compile(node.getChild(0)));
        Value left = compile(node.getChild(1));
        Value right = compile(node.getChild(2));
        boolean same = types.model().isSameType(left.type(), right.type());
        TypeMirror common = common(left, right);
        CodeBlock code = CodeBlock.of(
                "$L ? $L : $L",
                condition.operand(),
                same ? left.operand() : as(common, left),
                same ? right.operand() : as(common, right));
        return oneOf(node, code, left, right).notAtomic();
    }

    /** A conditional of two numbers would unbox both, null or not: so both get the same type, which is a class. */
    private CodeBlock as(TypeMirror type, Value value) {
        return value.type().getKind() == TypeKind.NULL || types.model().isSameType(type, value.type())
                ? value.operand()
                : CodeBlock.of("($T) $L", type, value.operand());
    }

    private Value oneOf(SpelNode node, CodeBlock code, Value left, Value right) {
        List<TypeMirror> kinds = new ArrayList<>(left.kinds());
        for (TypeMirror kind : right.kinds()) {
            if (kinds.stream().noneMatch(known -> types.model().isSameType(types.boxed(known), types.boxed(kind)))) {
                kinds.add(kind);
            }
        }
        kinds.removeIf(kind -> kind.getKind() == TypeKind.NULL);
        return new Value(
                code, common(left, right), kinds, left.nullable() || right.nullable(), true, node.toStringAST());
    }

    /** The type of two values, one of which will be there. */
    private TypeMirror common(Value left, Value right) {
        TypeMirror a = types.boxed(left.type());
        TypeMirror b = types.boxed(right.type());
        if (b.getKind() == TypeKind.NULL || types.model().isSameType(a, b)) {
            return a;
        }
        return a.getKind() == TypeKind.NULL ? b : types.of(Object.class);
    }

    /** The value, or a {@link io.plimsoll.companion.NullValueException} that names it. */
    Value nonNull(Value value) {
        return value.nullable() ? nonNull(value, value.source()) : value;
    }

    private static Value nonNull(Value value, String source) {
        CodeBlock code = CodeBlock.of("$T.nonNull($L, $S)", Expressions.class, value.code(), source);
        return new Value(code, value.type(), value.kinds(), false, true, source);
    }

    String nextVariable() {
        return "v" + ++variables;
    }

    /** The whole expression with another text in place of one node. */
    String replaced(SpelNode node, String better) {
        return text.substring(0, node.getStartPosition()) + better + text.substring(node.getEndPosition());
    }

    static List<SpelNode> children(SpelNode node) {
        List<SpelNode> children = new ArrayList<>();
        for (int i = 0; i < node.getChildCount(); i++) {
            children.add(node.getChild(i));
        }
        return children;
    }
}
