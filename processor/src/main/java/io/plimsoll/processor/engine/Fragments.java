package io.plimsoll.processor.engine;

import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import javax.annotation.processing.Filer;
import javax.annotation.processing.ProcessingEnvironment;
import javax.lang.model.element.Element;
import javax.tools.Diagnostic;
import javax.tools.StandardLocation;

/**
 * Writes what the commands of plimsoll-test put together later: one small file per type, with that type as its origin,
 * since an incremental compilation sees only a part of a program. The files lie beside generated sources, so that none
 * of them gets into a jar.
 */
final class Fragments {

    private final ProcessingEnvironment environment;

    Fragments(ProcessingEnvironment environment) {
        this.environment = environment;
    }

    /**
     * @param name of the file, below {@code META-INF/plimsoll/}
     * @param lines without line ends; none, no file
     */
    void write(String name, List<String> lines, Element origin) {
        if (lines.isEmpty()) {
            return;
        }
        Filer filer = environment.getFiler();
        String path = "META-INF/plimsoll/" + name;
        try (Writer writer = new OutputStreamWriter( // Its own writer would take the encoding of the sources.
                filer.createResource(StandardLocation.SOURCE_OUTPUT, "", path, origin)
                        .openOutputStream(),
                StandardCharsets.UTF_8)) {
            for (String line : lines) {
                writer.write(line + "\n");
            }
        } catch (IOException e) {
            environment
                    .getMessager()
                    .printMessage(
                            Diagnostic.Kind.WARNING,
                            "[Plimsoll] " + path + " could not be written: " + e.getMessage()
                                    + ". The baseline, the report or the contracts will lack this type. Fix: build from clean");
        }
    }
}
