package io.plimsoll.companion;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One annotated element - a type, a method, a package - as the compiler saw it.
 *
 * @param id which element: {@link #TYPE}, {@link #PACKAGE} or {@link #methodId}
 * @param seen the promises on the element when it was compiled, as {@link PromiseText} prints them. The starter prints
 *     those it finds and compares: a difference is a stale companion, and the error can show both sides
 * @param facts what each feature worked out: compiled keys, parsed durations; at most one of each class
 */
public record CompiledSite(String id, String seen, List<Object> facts) {

    /** The id of the type itself. */
    public static final String TYPE = "<type>";

    /** The id of the package, in the companion that {@link Companion#nameForPackage} names. */
    public static final String PACKAGE = "<package>";

    public CompiledSite {
        facts = List.copyOf(facts);
    }

    public static CompiledSite of(String id, String seen, Object... facts) {
        return new CompiledSite(id, seen, List.of(facts));
    }

    /**
     * The id of a method: {@code place(java.lang.String,int[])}.
     *
     * @param erasedParameterTypes as {@link Class#getTypeName()} gives them
     */
    public static String methodId(String name, Stream<String> erasedParameterTypes) {
        return name + erasedParameterTypes.collect(Collectors.joining(",", "(", ")"));
    }

    /** The fact of a class, or null if no feature worked one out. */
    public <T> @Nullable T fact(Class<T> type) {
        for (Object fact : facts) {
            if (type.isInstance(fact)) {
                return type.cast(fact);
            }
        }
        return null;
    }
}
