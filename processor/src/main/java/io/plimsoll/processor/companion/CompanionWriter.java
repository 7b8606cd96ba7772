package io.plimsoll.processor.companion;

import io.plimsoll.companion.Companion;
import io.plimsoll.companion.CompiledSite;
import io.plimsoll.processor.model.Compilation;
import io.plimsoll.processor.model.Merged;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import javax.annotation.processing.FilerException;
import javax.annotation.processing.ProcessingEnvironment;
import javax.lang.model.element.Element;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.PackageElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.ElementFilter;
import javax.tools.Diagnostic;
import javax.tools.StandardLocation;

/**
 * Writes one {@link Companion} for each type, and for each package, that carries a promise. A companion names its type
 * nowhere in its code, so that the type may be private or deprecated, and has one originating element: the top-level
 * type, or the package.
 *
 * <p>It is a {@link CompanionClass} if it holds data only, else a {@link CompanionSource}.
 */
public final class CompanionWriter {

    private static final String GENERATED = "javax.annotation.processing.Generated";

    private final ProcessingEnvironment environment;
    private final List<FactWriter> factWriters;
    private final Set<String> written = new HashSet<>();

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
        List<Site> sites = sites(carriers, compilation);
        if (!sites.isEmpty()) {
            write(Companion.nameFor(compilation.names().binaryName(type)), sites, type, topLevel);
        }
        for (TypeElement nested : ElementFilter.typesIn(type.getEnclosedElements())) {
            writeType(nested, topLevel, compilation);
        }
    }

    private List<Site> sites(List<Element> carriers, Compilation compilation) {
        List<Site> sites = new ArrayList<>();
        for (Element carrier : carriers) {
            List<Merged> promises = compilation.annotations().promises(carrier);
            if (!promises.isEmpty()) {
                sites.add(site(carrier, promises, compilation));
            }
        }
        return sites;
    }

    private Site site(Element carrier, List<Merged> promises, Compilation compilation) {
        List<Record> facts = new ArrayList<>();
        for (Merged promise : promises) {
            factWriters.stream()
                    .filter(writer -> promise.type().getQualifiedName().contentEquals(writer.promise()))
                    .map(writer -> writer.fact(promise, carrier, compilation))
                    .filter(Objects::nonNull)
                    .forEach(facts::add);
        }
        return new Site(id(carrier, compilation), new PromiseReader(compilation.names()).text(promises), facts);
    }

    private static String id(Element carrier, Compilation compilation) {
        if (carrier instanceof ExecutableElement method) {
            return compilation.names().methodId(method);
        }
        return carrier instanceof PackageElement ? CompiledSite.PACKAGE : CompiledSite.TYPE;
    }

    private void write(String name, List<Site> sites, Element subject, Element origin) {
        if (sites.isEmpty()) {
            return;
        }
        try {
            // Two types, such as A_B and A.B, whose names come out the same: not every compiler minds.
            if (!written.add(name)) {
                throw new FilerException("another type has it already");
            }
            if (sites.stream().anyMatch(Site::hasExpressions)) {
                CompanionSource.file(name, sites, origin, isVisible(origin)).writeTo(environment.getFiler());
            } else {
                writeClass(name, CompanionClass.bytes(name, sites), origin);
            }
        } catch (IOException e) {
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

    /** As a resource: to the compiler a new class would be reason enough for another round. */
    private void writeClass(String name, byte[] bytes, Element origin) throws IOException {
        int simpleName = name.lastIndexOf('.') + 1;
        String inPackage = simpleName == 0 ? "" : name.substring(0, simpleName - 1);
        String file = name.substring(simpleName) + ".class";
        try (OutputStream out = environment
                .getFiler()
                .createResource(StandardLocation.CLASS_OUTPUT, inPackage, file, origin)
                .openOutputStream()) {
            out.write(bytes);
        }
    }

    /** A module that does not read {@code java.compiler} cannot use the annotation. */
    private boolean isVisible(Element origin) {
        var elements = environment.getElementUtils();
        var module = elements.getModuleOf(origin);
        return (module == null ? elements.getTypeElement(GENERATED) : elements.getTypeElement(module, GENERATED))
                != null;
    }
}
