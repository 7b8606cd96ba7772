package io.plimsoll.processor.key;

import com.palantir.javapoet.CodeBlock;
import io.plimsoll.companion.RefusedExpression;
import io.plimsoll.processor.model.Compilation;
import io.plimsoll.processor.model.Merged;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import javax.lang.model.element.Element;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.type.TypeMirror;
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
 * @param type of its value; null if it does not work
 */
record CompiledKey(
        CodeBlock code,
        @Nullable KeyProblem problem,
        Set<String> parameters,
        List<Member> members,
        List<Sum> ambiguous,
        @Nullable TypeMirror type) {

    /** Whether it uses no parameter. */
    boolean constant() {
        return problem == null && parameters.isEmpty();
    }

    /** Compiles an expression over the parameters of a method. */
    static CompiledKey of(String text, ExecutableElement method, Compilation compilation) {
        return compilation
                .memo()
                .get(new Source(text, method), () -> compile(text, () -> KeyScope.of(method), compilation));
    }

    private record Source(String text, ExecutableElement method) {}

    /** Compiles an expression over what an attribute may use. */
    static CompiledKey of(String text, Merged annotation, String attribute, Element site, Compilation compilation) {
        KeyMark mark = annotation.type().getEnclosedElements().stream()
                .filter(each -> each instanceof ExecutableElement
                        && each.getSimpleName().contentEquals(attribute))
                .map(each -> KeyMark.of((ExecutableElement) each))
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(KeyMark.PLAIN);
        return compilation
                .memo()
                .get(
                        new Written(text, annotation, attribute, site),
                        () -> compile(
                                text, () -> KeyScope.of(annotation, attribute, mark, site, compilation), compilation));
    }

    private record Written(String text, Merged annotation, String attribute, Element site) {}

    private static CompiledKey compile(String text, Supplier<KeyScope> scope, Compilation compilation) {
        try {
            KeyCompiler compiler = new KeyCompiler(text, scope.get(), compilation);
            SpelNode tree = KeyParser.parse(text);
            Value value = compiler.whole(tree);
            return new CompiledKey(
                    CodeBlock.of("arguments -> $L", value.code()),
                    null,
                    compiler.used(),
                    compiler.members(),
                    compiler.sums(tree).stream().filter(Sum::isAmbiguous).toList(),
                    value.type());
        } catch (KeyProblem problem) {
            CodeBlock code = CodeBlock.of(
                    "new $T($S, $S)",
                    RefusedExpression.class,
                    text,
                    problem.message().what());
            return new CompiledKey(code, problem, Set.of(), List.of(), List.of(), null);
        }
    }
}
