package io.plimsoll.processor;

/** Stands in for what a library declares that is not on the class path of the tests: rules know it by name. */
public final class Stub {

    private Stub() {}

    public static String annotation(String name) {
        return source(
                name,
                "@java.lang.annotation.Retention(java.lang.annotation.RetentionPolicy.RUNTIME)\npublic @interface");
    }

    public static String type(String name) {
        return source(name, "public interface");
    }

    private static String source(String name, String kind) {
        int dot = name.lastIndexOf('.');
        return "package " + name.substring(0, dot) + ";\n" + kind + " " + name.substring(dot + 1) + " {}\n";
    }
}
