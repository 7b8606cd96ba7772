package io.plimsoll.processor.companion;

import com.palantir.javapoet.AnnotationSpec;
import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.JavaFile;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.ParameterizedTypeName;
import com.palantir.javapoet.TypeSpec;
import io.plimsoll.companion.Companion;
import io.plimsoll.companion.CompiledSite;
import io.plimsoll.processor.model.Compilation;
import io.plimsoll.processor.model.Merged;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import javax.annotation.processing.ProcessingEnvironment;
import javax.lang.model.element.Element;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.PackageElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.ElementFilter;
import javax.tools.Diagnostic;

/**
 * Writes one {@link Companion} for each type, and for each package, that carries a promise. A companion names its type
 * nowhere in its code, so that the type may be private or deprecated, and has one originating element: the top-level
 * type, or the package.
 */
public final class CompanionWriter {

    private static final String GENERATED = "javax.annotation.processing.Generated";

    /** "all" is for ecj, which does not know every word of javac's. */
    private static final CodeBlock QUIET = Stream.of(
                    "all", "auxiliaryclass", "deprecation", "rawtypes", "removal", "unchecked")
            .map(word -> CodeBlock.of("$S", word))
            .collect(CodeBlock.joining(", "));

    private final ProcessingEnvironment environment;
    private final List<FactWriter> factWriters;

    public CompanionWriter(ProcessingEnvironment environment, List<FactWriter> factWriters) {
        this.environment = environment;
        this.factWriters = factWriters;
    }

    /** Writes the companions of a package, or of a top-level type and all types nested in it. */
    public void write(Element root, Compilation compilation) {
        if (root instanceof PackageElement declared) {
            String name = Companion.nameForPackage(declared.getQualifiedName().toString());
            write(name, sites(List.of(root), compilation), root, root);
        } else if (root instanceof TypeElement type) {
            writeType(type, root, compilation);
        }
    }

    private void writeType(TypeElement type, Element topLevel, Compilation compilation) {
        List<Element> carriers = new ArrayList<>(List.of(type));
        carriers.addAll(ElementFilter.methodsIn(type.getEnclosedElements()));
        String name = Companion.nameFor(compilation.names().binaryName(type));
        write(name, sites(carriers, compilation), type, topLevel);
        for (TypeElement nested : ElementFilter.typesIn(type.getEnclosedElements())) {
            writeType(nested, topLevel, compilation);
        }
    }

    /** @param callsTheApplication as {@link FactWriter#callsTheApplication}, of any of them */
    private record Sites(List<CodeBlock> code, boolean callsTheApplication) {}

    private Sites sites(List<Element> carriers, Compilation compilation) {
        List<CodeBlock> sites = new ArrayList<>();
        boolean calls = false;
        for (Element carrier : carriers) {
            List<Merged> promises = compilation.annotations().promises(carrier);
            if (!promises.isEmpty()) {
                sites.add(site(carrier, promises, compilation));
                calls |= promises.stream().flatMap(this::writers).anyMatch(FactWriter::callsTheApplication);
            }
        }
        return new Sites(sites, calls);
    }

    private Stream<FactWriter> writers(Merged promise) {
        return factWriters.stream()
                .filter(writer -> promise.type().getQualifiedName().contentEquals(writer.promise()));
    }

    private CodeBlock site(Element carrier, List<Merged> promises, Compilation compilation) {
        List<CodeBlock> arguments = new ArrayList<>();
        arguments.add(id(carrier, compilation));
        arguments.add(CodeBlock.of("$S", new PromiseReader(compilation.names()).text(promises)));
        for (Merged promise : promises) {
            writers(promise)
                    .map(writer -> writer.fact(promise, carrier, compilation))
                    .filter(Objects::nonNull)
                    .forEach(arguments::add);
        }
        return CodeBlock.of("$T.of(\n$>$>$L$<$<)", CompiledSite.class, CodeBlock.join(arguments, ",\n"));
    }

    private static CodeBlock id(Element carrier, Compilation compilation) {
        if (carrier instanceof ExecutableElement method) {
            return CodeBlock.of("$S", compilation.names().methodId(method));
        }
        return CodeBlock.of("$T.$L", CompiledSite.class, carrier instanceof PackageElement ? "PACKAGE" : "TYPE");
    }

    private void write(String name, Sites sites, Element subject, Element origin) {
        if (sites.code().isEmpty()) {
            return;
        }
        int simpleName = name.lastIndexOf('.') + 1;
        JavaFile file = JavaFile.builder(
                        simpleName == 0 ? "" : name.substring(0, simpleName - 1),
                        companion(name.substring(simpleName), sites, origin))
                .skipJavaLangImports(true)
                .indent("    ")
                .build();
        try {
            file.writeTo(environment.getFiler());
        } catch (IOException e) {
            // Two types, such as A_B and A.B, whose names come out the same; or a disk that is full.
            environment
                    .getMessager()
                    .printMessage(
                            Diagnostic.Kind.ERROR,
                            "[Plimsoll] " + name + " could not be written: " + e.getMessage()
                                    + ". Without it the application does not start. Fix: if another type already has"
                                    + " this companion, rename one of the two",
                            subject);
        }
    }

    private TypeSpec companion(String name, Sites code, Element origin) {
        TypeSpec.Builder companion = TypeSpec.classBuilder(name)
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
                        .addStatement("return $T.of(\n$L)", List.class, CodeBlock.join(code.code(), ",\n"))
                        .build());
        if (code.callsTheApplication()) {
            // The application was warned where it wrote the code; a second warning could not be suppressed there.
            companion.addAnnotation(AnnotationSpec.builder(SuppressWarnings.class)
                    .addMember("value", "{$L}", QUIET)
                    .build());
        }
        if (isVisible(origin)) {
            companion.addAnnotation(AnnotationSpec.builder(ClassName.bestGuess(GENERATED))
                    .addMember("value", "$S", "io.plimsoll.processor")
                    .build());
        }
        return companion.build();
    }

    private static MethodSpec.Builder overriding(String name) {
        return MethodSpec.methodBuilder(name).addAnnotation(Override.class).addModifiers(Modifier.PUBLIC);
    }

    /** A module that does not read {@code java.compiler} cannot use the annotation. */
    private boolean isVisible(Element origin) {
        var elements = environment.getElementUtils();
        var module = elements.getModuleOf(origin);
        return (module == null ? elements.getTypeElement(GENERATED) : elements.getTypeElement(module, GENERATED))
                != null;
    }
}
