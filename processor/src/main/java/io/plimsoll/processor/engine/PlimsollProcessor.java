package io.plimsoll.processor.engine;

import com.google.auto.service.AutoService;
import com.sun.source.util.TreePath;
import com.sun.source.util.Trees;
import io.plimsoll.processor.companion.CompanionWriter;
import io.plimsoll.processor.companion.FactWriter;
import io.plimsoll.processor.model.Compilation;
import io.plimsoll.processor.model.ElementId;
import io.plimsoll.processor.report.Cell;
import io.plimsoll.processor.report.Extract;
import io.plimsoll.processor.report.Report;
import io.plimsoll.processor.report.Row;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.Set;
import java.util.function.ToLongFunction;
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

    private final Rounds rounds = new Rounds();
    private final Set<TypeElement> sources = new LinkedHashSet<>();
    private @Nullable Work work;

    /** What lives as long as a compilation. */
    private record Work(
            List<Rule> rules,
            Judge judge,
            ElementChecks checks,
            CompanionWriter companions,
            Fragments fragments,
            Report report,
            List<Extract> extracts,
            Guard guard,
            @Nullable Trees trees,
            boolean pluginIsThere) {}

    @Override
    public synchronized void init(ProcessingEnvironment environment) {
        super.init(environment);
        try {
            work = begin(environment);
        } catch (ServiceConfigurationError | LinkageError e) {
            environment
                    .getMessager()
                    .printMessage(
                            Diagnostic.Kind.ERROR,
                            "[Plimsoll] The processor is not whole: " + e + ". Nothing was checked, and the application"
                                    + " would not start. Fix: put plimsoll-annotations, of the same version, beside"
                                    + " plimsoll-processor on the processor path");
        }
    }

    private static Work begin(ProcessingEnvironment environment) {
        List<Rule> rules = Services.rules();
        Options options = Options.parse(environment.getOptions(), rules);
        Messager messager = environment.getMessager();
        options.problems().forEach(problem -> messager.printMessage(Diagnostic.Kind.ERROR, problem));
        Judge judge = new Judge(options);
        Guard guard = new Guard(text -> messager.printMessage(Diagnostic.Kind.WARNING, text));
        Trees trees = trees(environment);
        return new Work(
                rules,
                judge,
                new ElementChecks(
                        Services.only(ElementRule.class, rules), rules, judge, messager, positions(trees), guard),
                new CompanionWriter(environment, Services.load(FactWriter.class)),
                new Fragments(environment),
                new Report(options.report() ? Services.load(Cell.class) : List.of()),
                Services.load(Extract.class),
                guard,
                trees,
                Shared.offer(environment.getElementUtils(), new Shared.Session(judge, rules, environment)));
    }

    private static ToLongFunction<Place> positions(@Nullable Trees trees) {
        if (trees == null) {
            return place -> 0;
        }
        return place -> {
            TreePath path = trees.getPath(place.element(), place.annotation(), place.value());
            return path == null
                    ? -1
                    : trees.getSourcePositions().getStartPosition(path.getCompilationUnit(), path.getLeaf());
        };
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
        return work == null ? Set.of() : Options.names(work.rules());
    }

    @Override
    public SourceVersion getSupportedSourceVersion() {
        return SourceVersion.latestSupported();
    }

    @Override
    public boolean process(Set<? extends TypeElement> annotations, RoundEnvironment round) {
        Work work = this.work;
        if (work != null) {
            work.guard().run("Plimsoll", () -> look(round, work));
        }
        return false;
    }

    private void look(RoundEnvironment round, Work work) {
        ElementFilter.typesIn(round.getRootElements()).forEach(this::addSources);
        Compilation compilation =
                Compilation.of(processingEnv.getElementUtils(), processingEnv.getTypeUtils(), sources);
        Completeness completeness = new Completeness(
                sources,
                work.trees(),
                element -> round.processingOver() || work.checks().canJudge(element, compilation));
        for (Element element : rounds.ready(round, processingEnv.getElementUtils(), completeness)) {
            work.checks().check(element, compilation);
            work.guard().run("Record", () -> record(element, compilation, work));
            if (element instanceof TypeElement type) {
                work.guard().run("Extract", () -> extract(type, type, compilation, work));
            }
            if (work.judge().options().report() && element instanceof TypeElement type) {
                work.guard().run("Report", () -> report(type, compilation, work));
            }
            // What waited until now is written late, which compilers warn of, unless there is an error anyway.
            if (!round.processingOver() || !work.judge().hasErrors()) {
                work.guard().run("Companion", () -> work.companions().write(element, compilation));
            }
        }
        if (round.processingOver() && !work.pluginIsThere()) {
            String summary = work.judge().summary();
            if (summary != null) {
                processingEnv.getMessager().printMessage(Diagnostic.Kind.NOTE, summary);
            }
        }
    }

    private static void record(Element element, Compilation compilation, Work work) {
        List<String> records = work.judge().takeRecords();
        String name = ElementId.of(element, compilation.names());
        work.fragments().write("findings/" + name + ".declarations", records, element);
    }

    /** Of a type and of all nested in it. */
    private static void extract(TypeElement type, TypeElement origin, Compilation compilation, Work work) {
        for (Extract extract : work.extracts()) {
            String name = extract.sort() + "/" + compilation.names().binaryName(type) + ".txt";
            work.fragments().write(name, extract.lines(type, compilation), origin);
        }
        ElementFilter.typesIn(type.getEnclosedElements()).forEach(nested -> extract(nested, origin, compilation, work));
    }

    private static void report(TypeElement type, Compilation compilation, Work work) {
        List<Row> rows = work.report().rows(type, compilation);
        String name = "report/" + compilation.names().binaryName(type);
        work.fragments().write(name + ".json", rows.stream().map(Row::json).toList(), type);
        if (!rows.isEmpty()) {
            List<String> table = new ArrayList<>(List.of(Row.header()));
            rows.forEach(row -> table.add(row.markdown()));
            work.fragments().write(name + ".md", table, type);
        }
    }

    private void addSources(TypeElement type) {
        sources.add(type);
        ElementFilter.typesIn(type.getEnclosedElements()).forEach(this::addSources);
    }
}
