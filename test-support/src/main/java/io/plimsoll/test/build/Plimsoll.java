package io.plimsoll.test.build;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * The commands that put together what the processor has written, one fragment per type, while compiling.
 *
 * <pre>
 * java -jar plimsoll-test.jar baseline plimsoll-baseline.txt .
 * java -jar plimsoll-test.jar report target/plimsoll .
 * java -jar plimsoll-test.jar contracts plimsoll-events.txt .
 * </pre>
 *
 * <p>All look for fragments in the folders that are named last, and in all below them. They need a whole build from
 * clean: {@code -Aplimsoll.record=true} writes the fragments of findings, {@code -Aplimsoll.report=true} those of the
 * report; those of events are always written.
 */
public final class Plimsoll {

    private static final String USAGE =
            "Usage: baseline <file to write> <folder>... | report <folder to write to> <folder>..."
                    + " | contracts <file to write> <folder>...";

    private Plimsoll() {}

    /** What a command could not do, in words for the user. */
    static final class Refusal extends RuntimeException {

        private static final long serialVersionUID = 1L;

        Refusal(String message) {
            super(message, null, false, false); // The words are all there is to know.
        }
    }

    /**
     * Runs a command and prints one line about it.
     *
     * @throws RuntimeException with a sentence that says what to do, if nothing was written
     * @throws IOException if a file cannot be read or written
     */
    public static void main(String... arguments) throws IOException {
        run(System.out, arguments);
    }

    static void run(PrintStream out, String... arguments) throws IOException {
        if (arguments.length < 3) {
            throw new Refusal(USAGE);
        }
        Path target = Path.of(arguments[1]);
        List<Path> folders = Arrays.stream(arguments).skip(2).map(Path::of).toList();
        switch (arguments[0]) {
            case "baseline" -> out.println(BaselineCommand.run(target, folders));
            case "contracts" -> out.println(ContractsCommand.run(target, folders));
            case "report" -> out.println(ReportCommand.run(target, folders));
            default -> throw new Refusal("There is no command " + arguments[0] + ". " + USAGE);
        }
    }
}
