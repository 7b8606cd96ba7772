package io.plimsoll.processor.companion;

import com.palantir.javapoet.AnnotationSpec;
import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.JavaFile;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.ParameterizedTypeName;
import com.palantir.javapoet.TypeSpec;
import io.plimsoll.companion.Companion;
import io.plimsoll.companion.CompiledDuration;
import io.plimsoll.companion.CompiledSite;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.lang.model.element.Element;
import javax.lang.model.element.Modifier;
import org.jspecify.annotations.Nullable;

/** A companion with expressions, as Java: they call the application, whose types the compiler knows best. */
final class CompanionSource {

    private static final ClassName GENERATED = ClassName.get("javax.annotation.processing", "Generated");

    /** "all" is for ecj, which does not know every word of javac's. */
    private static final CodeBlock QUIET = Stream.of(
                    "all", "auxiliaryclass", "deprecation", "rawtypes", "removal", "unchecked")
            .map(word -> CodeBlock.of("$S", word))
            .collect(CodeBlock.joining(", "));

    private CompanionSource() {}

    /** @param generated whether {@code @Generated} can be named there */
    static JavaFile file(String name, List<Site> sites, Element origin, boolean generated) {
        int simpleName = name.lastIndexOf('.') + 1;
        CodeBlock all = CodeBlock.join(sites.stream().map(CompanionSource::site).toList(), ",\n");
        TypeSpec.Builder companion = TypeSpec.classBuilder(name.substring(simpleName))
                .addModifiers(Modifier.PUBLIC, Modifier.FINAL)
                .addSuperinterface(Companion.class)
                .addOriginatingElement(origin)
                .addMethod(MethodSpec.constructorBuilder()
                        .addModifiers(Modifier.PUBLIC)
                        .build())
                .addMethod(overriding("contract")
                        .returns(int.class)
                        .addStatement("return $L", Companion.CONTRACT)
                        .build())
                .addMethod(overriding("sites")
                        .returns(ParameterizedTypeName.get(List.class, CompiledSite.class))
                        .addStatement("return $T.of(\n$L)", List.class, all)
                        .build())
                // The application was warned where it wrote the code; a second warning could not be suppressed there.
                .addAnnotation(AnnotationSpec.builder(SuppressWarnings.class)
                        .addMember("value", "{$L}", QUIET)
                        .build());
        if (generated) {
            companion.addAnnotation(AnnotationSpec.builder(GENERATED)
                    .addMember("value", "$S", "io.plimsoll.processor")
                    .build());
        }
        return JavaFile.builder(simpleName == 0 ? "" : name.substring(0, simpleName - 1), companion.build())
                .skipJavaLangImports(true)
                .indent("    ")
                .build();
    }

    private static MethodSpec.Builder overriding(String name) {
        return MethodSpec.methodBuilder(name).addAnnotation(Override.class).addModifiers(Modifier.PUBLIC);
    }

    private static CodeBlock site(Site site) {
        List<CodeBlock> arguments = new ArrayList<>();
        arguments.add(CodeBlock.of("$S", site.id()));
        arguments.add(CodeBlock.of("$S", site.seen()));
        site.facts().forEach(fact -> arguments.add(fact(fact)));
        return CodeBlock.of("$T.of(\n$>$>$L$<$<)", CompiledSite.class, CodeBlock.join(arguments, ",\n"));
    }

    private static CodeBlock fact(Record fact) {
        List<CodeBlock> values =
                Site.components(fact).stream().map(CompanionSource::value).toList();
        return CodeBlock.of("new $T(\n$>$>$L$<$<)", fact.getClass(), CodeBlock.join(values, ",\n"));
    }

    private static CodeBlock value(@Nullable Object value) {
        if (value instanceof ExpressionSource expression) {
            return expression.code();
        }
        if (value instanceof Enum<?> constant) {
            return CodeBlock.of("$T.$L", constant.getDeclaringClass(), constant.name());
        }
        if (value instanceof CompiledDuration duration) {
            Durations.Parts parts = Durations.Parts.of(duration);
            return parts.placeholder() == null
                    ? CodeBlock.of("$T.ofNanos($LL)", CompiledDuration.class, parts.nanos())
                    : CodeBlock.of("$T.ofPlaceholder($S)", CompiledDuration.class, parts.placeholder());
        }
        if (value instanceof Long number) {
            return CodeBlock.of("$LL", number);
        }
        if (value == null || value instanceof String || value instanceof Boolean || value instanceof Integer) {
            return CodeBlock.of(value instanceof String ? "$S" : "$L", value);
        }
        throw new IllegalArgumentException("a companion cannot hold " + value.getClass());
    }
}
