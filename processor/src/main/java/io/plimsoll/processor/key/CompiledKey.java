package io.plimsoll.processor.key;

import com.palantir.javapoet.CodeBlock;
import io.plimsoll.companion.RefusedExpression;
import io.plimsoll.processor.model.Compilation;
import java.util.List;
import java.util.Set;
import javax.lang.model.element.ExecutableElement;
import org.jspecify.annotations.Nullable;
import org.springframework.expression.spel.SpelNode;

/**
 * What became of one key expression.
 *
 * @param code a Java expression that makes the {@link io.plimsoll.companion.CompiledExpression}; it compiles in any case
 * @param problem why the code does nothing but fail; null if it works
 * @param parameters those that it uses, by name
 * @param members what it reads of them
 * @param ambiguous the sums in it that could be mistaken for others
 */
record CompiledKey(
        CodeBlock code,
        @Nullable KeyProblem problem,
        Set<String> parameters,
        List<Member> members,
        List<Sum> ambiguous) {

    /** Whether it uses no parameter. */
    boolean constant() {
        return problem == null && parameters.isEmpty();
    }

    /** Compiles an expression over the parameters of a method. */
    static CompiledKey of(String text, ExecutableElement method, Compilation compilation) {
        return compilation.memo().get(new Source(text, method), () -> compile(text, method, compilation));
    }

    private record Source(String text, ExecutableElement method) {}

    private static CompiledKey compile(String text, ExecutableElement method, Compilation compilation) {
        try {
            SpelNode tree = KeyParser.parse(text);
            KeyCompiler compiler = new KeyCompiler(text, method, compilation);
            CodeBlock value = compiler.key(tree).code();
            return new CompiledKey(
                    CodeBlock.of("arguments -> $L", value),
                    null,
                    compiler.used(),
                    compiler.members(),
                    compiler.sums(tree).stream().filter(Sum::isAmbiguous).toList());
        } catch (KeyProblem problem) {
            CodeBlock code = CodeBlock.of(
                    "new $T($S, $S)",
                    RefusedExpression.class,
                    text,
                    problem.message().what());
            return new CompiledKey(code, problem, Set.of(), List.of(), List.of());
        }
    }
}
