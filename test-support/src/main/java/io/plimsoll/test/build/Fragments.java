package io.plimsoll.test.build;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Finds what the processor has written. */
final class Fragments {

    private static final Path PLACE = Path.of("META-INF", "plimsoll");
    private static final Set<String> NOT_OURS = Set.of(".git", "node_modules");

    /** What Maven and Gradle generate of test sources. */
    private static final List<Path> OF_TESTS =
            List.of(Path.of("generated-test-sources"), Path.of("annotationProcessor", "java", "test"));

    private Fragments() {}

    /**
     * The texts of all fragments of a sort below some folders, in the order of their names.
     *
     * @param sort findings, report or contracts; a contract of test sources is none
     * @param ends how their names may end
     */
    static List<String> read(String sort, List<Path> folders, List<String> ends) throws IOException {
        Set<Path> files = new TreeSet<>();
        for (Path folder : folders) {
            if (!Files.isDirectory(folder)) {
                throw new Plimsoll.Refusal(folder + " is no folder. Name one that holds the output of a build.");
            }
            Files.walkFileTree(folder.toRealPath(), new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult preVisitDirectory(Path each, BasicFileAttributes attributes) {
                    Path name = each.getFileName();
                    boolean ofTests =
                            sort.equals("contracts") && OF_TESTS.stream().anyMatch(each::endsWith);
                    return ofTests || (name != null && NOT_OURS.contains(name.toString()))
                            ? FileVisitResult.SKIP_SUBTREE
                            : FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFile(Path each, BasicFileAttributes attributes) {
                    Path parent = each.getParent();
                    if (parent != null
                            && parent.endsWith(PLACE.resolve(sort))
                            && ends.stream().anyMatch(each.toString()::endsWith)) {
                        files.add(each);
                    }
                    return FileVisitResult.CONTINUE;
                }
            });
        }
        List<String> texts = new ArrayList<>();
        for (Path file : files) {
            texts.add(Files.readString(file, StandardCharsets.UTF_8));
        }
        return texts;
    }
}
