package io.plimsoll.processor;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.jdt.core.compiler.batch.BatchCompiler;

/** Eclipse's compiler, with the processor as this module has it. */
public final class Ecj {

    private Ecj() {}

    /** @return what it prints */
    public static String compile(Path folder, String... sources) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                "-17",
                "-classpath",
                System.getProperty("java.class.path"),
                "-processorpath",
                ForkedJavac.processor(),
                "-d",
                folder.toString(),
                "-s",
                folder.toString()));
        for (String source : sources) {
            Path file = folder.resolve(Javac.name(source).replace('.', '/') + ".java");
            Files.createDirectories(file.getParent());
            Files.writeString(file, source);
            command.add(file.toString());
        }
        StringWriter printed = new StringWriter();
        BatchCompiler.compile(command.toArray(String[]::new), new PrintWriter(printed), new PrintWriter(printed), null);
        return printed.toString();
    }
}
