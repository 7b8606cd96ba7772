package io.plimsoll.benchmarks.compile;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A way to compile the shop.
 *
 * @param arguments what it says to javac in addition
 * @param suffix how the names of the classes end that it generates
 * @param generated how many of them there must be
 */
record Contender(String name, List<String> arguments, String suffix, long generated) {

    static final String NONE = "no processor";

    /** @param plimsoll one jar, or several to compare */
    static List<Contender> all(List<Path> plimsoll) {
        List<Contender> all = new ArrayList<>();
        all.add(new Contender(NONE, List.of("-proc:none"), "_Plimsoll.class", 0));
        all.add(new Contender(
                "idle processor",
                List.of("-processor", IdleProcessor.class.getName(), "-processorpath", classPath("classes")),
                "_Plimsoll.class",
                0));
        for (Path jar : plimsoll) {
            String path = jar + File.pathSeparator + classPath("plimsoll-annotations", "jspecify");
            String name = plimsoll.size() == 1 ? "Plimsoll" : "Plimsoll " + jar.getFileName();
            all.add(new Contender(name, List.of("-processorpath", path), "_Plimsoll.class", Shop.PROMISING));
        }
        all.add(new Contender(
                "MapStruct, 100 mappers",
                List.of("-processorpath", classPath("mapstruct")),
                "MapperImpl.class",
                Shop.DOMAINS));
        all.add(new Contender(
                "Immutables, 100 values",
                List.of("-processorpath", classPath("value-2")),
                "Summary.class",
                2L * Shop.DOMAINS));
        return all;
    }

    /** The parts of the class path whose names start with one of some words. */
    static String classPath(String... words) {
        return Arrays.stream(CompileMain.classPath().split(File.pathSeparator))
                .filter(part -> Arrays.stream(words)
                        .anyMatch(Path.of(part).getFileName().toString()::startsWith))
                .collect(Collectors.joining(File.pathSeparator));
    }
}
