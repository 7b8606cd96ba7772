package io.plimsoll.processor.engine;

import com.google.auto.service.AutoService;
import com.sun.source.util.Trees;
import io.plimsoll.processor.companion.CompanionWriter;
import io.plimsoll.processor.companion.FactWriter;
import io.plimsoll.processor.model.Compilation;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import javax.annotation.processing.AbstractProcessor;
import javax.annotation.processing.Messager;
import javax.annotation.processing.ProcessingEnvironment;
import javax.annotation.processing.Processor;
import javax.annotation.processing.RoundEnvironment;
import javax.lang.model.SourceVersion;
import javax.lang.model.element.Element;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.ElementFilter;
import javax.tools.Diagnostic;
import org.jspecify.annotations.Nullable;

/**
 * Checks declarations and writes companions. It looks at every type, since a rule may forbid that an annotation is
 * missing, and claims no annotation, so that other processors see all of them.
 */
@AutoService(Processor.class)
public final class PlimsollProcessor extends AbstractProcessor {

    private final List<Rule> rules = Services.rules();
    private final Rounds rounds = new Rounds();
    private final Set<TypeElement> sources = new LinkedHashSet<>();
    private @Nullable Trees trees;
    private @Nullable ElementChecks checks;
    private @Nullable CompanionWriter companions;
    private @Nullable Guard guard;

    @Override
    public synchronized void init(ProcessingEnvironment environment) {
        super.init(environment);
        Options options = Options.parse(environment.getOptions(), rules);
        SharedOptions.put(environment.getElementUtils(), options);
        Messager messager = environment.getMessager();
        options.problems().forEach(problem -> messager.printMessage(Diagnostic.Kind.ERROR, problem));
        trees = trees(environment);
        guard = new Guard(text -> messager.printMessage(Diagnostic.Kind.WARNING, text));
        checks = new ElementChecks(Services.load(ElementRule.class), options, messager, guard);
        companions = new CompanionWriter(environment, Services.load(FactWriter.class));
    }

    /** Null in ecj, and where a build tool wraps the environment: then the model has to do. */
    private static @Nullable Trees trees(ProcessingEnvironment environment) {
        try {
            return Trees.instance(environment);
        } catch (RuntimeException | LinkageError e) {
            return null;
        }
    }

    @Override
    public Set<String> getSupportedAnnotationTypes() {
        return Set.of("*");
    }

    @Override
    public Set<String> getSupportedOptions() {
        return Options.names(rules);
    }

    @Override
    public SourceVersion getSupportedSourceVersion() {
        return SourceVersion.latestSupported();
    }

    @Override
    public boolean process(Set<? extends TypeElement> annotations, RoundEnvironment round) {
        Objects.requireNonNull(guard).run("Plimsoll", () -> look(round));
        return false;
    }

    private void look(RoundEnvironment round) {
        ElementFilter.typesIn(round.getRootElements()).forEach(this::addSources);
        Compilation compilation =
                Compilation.of(processingEnv.getElementUtils(), processingEnv.getTypeUtils(), sources);
        ElementChecks checks = Objects.requireNonNull(this.checks);
        Completeness completeness = new Completeness(
                sources, trees, element -> round.processingOver() || checks.canJudge(element, compilation));
        for (Element element : rounds.ready(round, processingEnv.getElementUtils(), completeness)) {
            checks.check(element, compilation);
            // What waited until now is written late, which compilers warn of, unless there is an error anyway.
            if (!round.processingOver() || !checks.hasErrors()) {
                Objects.requireNonNull(guard).run("Companion", () -> Objects.requireNonNull(companions)
                        .write(element, compilation));
            }
        }
    }

    private void addSources(TypeElement type) {
        sources.add(type);
        ElementFilter.typesIn(type.getEnclosedElements()).forEach(this::addSources);
    }
}
