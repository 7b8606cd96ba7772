package io.plimsoll.companion;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What generated {@link CompiledExpression}s call. Stateless and thread-safe. */
public final class Expressions {

    private Expressions() {}

    /**
     * The value, if there is one.
     *
     * @param source where the value comes from, as it is written in the expression
     * @throws NullValueException if the value is null
     */
    public static <T> T nonNull(@Nullable T value, String source) {
        if (value == null) {
            throw new NullValueException(source);
        }
        return value;
    }

    /** What {@code ?.} does: the rest of the chain, or null if there is nothing to begin with. */
    public static <T, R extends @Nullable Object> @Nullable R ifPresent(
            @Nullable T value, Function<? super T, ? extends R> rest) {
        return value == null ? null : rest.apply(value);
    }

    /** What {@code ?:} does: another value in place of null and of the empty string. */
    public static <T extends @Nullable Object> @Nullable T orElse(@Nullable T value, @Nullable T other) {
        return isMissing(value) ? other : value;
    }

    /** As {@link #orElse}, for another value that costs something or may fail. */
    public static <T extends @Nullable Object> @Nullable T orElseGet(
            @Nullable T value, Supplier<? extends @Nullable T> other) {
        return isMissing(value) ? other.get() : value;
    }

    private static boolean isMissing(@Nullable Object value) {
        return value == null || "".equals(value);
    }

    /** What {@code [0]} does to a list: its element, or null if the list is shorter. */
    public static <T> @Nullable T at(List<? extends T> list, int index) {
        return index < list.size() ? list.get(index) : null;
    }

    /** What {@code [0]} does to an array: its element, or null if the array is shorter. */
    public static <T> @Nullable T at(@Nullable T[] array, int index) {
        return index < array.length ? array[index] : null;
    }

    /**
     * The elements of a list as parts of a key, in an unmodifiable copy.
     *
     * @throws NullValueException if an element is null
     */
    public static <T> List<Object> parts(List<? extends @Nullable T> list, String source) {
        return parts(list, source, part -> part);
    }

    /**
     * As {@link #parts(List, String)}, for elements that are no values yet.
     *
     * @param part makes a value of an element that is not null
     */
    public static <T> List<Object> parts(
            List<? extends @Nullable T> list, String source, Function<? super T, ? extends Object> part) {
        List<Object> parts = new ArrayList<>(list.size());
        for (T element : list) {
            parts.add(part.apply(nonNull(element, source + "[" + parts.size() + "]")));
        }
        return Collections.unmodifiableList(parts);
    }

    /** What {@code ==} does: numbers by value, text by its characters, else by equals or a comparison; null is equal to null. */
    public static boolean equal(@Nullable Object left, @Nullable Object right) {
        if (left instanceof Number a && right instanceof Number b) {
            return compare(a, b) == 0;
        }
        if (left instanceof CharSequence a && right instanceof CharSequence b) {
            return a.toString().equals(b.toString());
        }
        return Objects.deepEquals(left, right)
                || (left instanceof Comparable<?> a
                        && right != null
                        && left.getClass() == right.getClass()
                        && isSame(a, right));
    }

    @SuppressWarnings("unchecked")
    private static boolean isSame(Comparable<?> left, Object right) {
        return ((Comparable<Object>) left).compareTo(right) == 0;
    }

    /** The order of two numbers by their values, whatever their types are. */
    public static int compare(Number left, Number right) {
        if (left instanceof Double || left instanceof Float || right instanceof Double || right instanceof Float) {
            return Double.compare(left.doubleValue(), right.doubleValue());
        }
        return new BigDecimal(left.toString()).compareTo(new BigDecimal(right.toString()));
    }
}
