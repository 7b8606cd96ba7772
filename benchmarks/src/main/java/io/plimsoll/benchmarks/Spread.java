package io.plimsoll.benchmarks;

import java.util.Locale;
import java.util.stream.DoubleStream;

/** The median of some figures, and how far they lie apart. */
public record Spread(double median, double min, double max) {

    public static Spread of(DoubleStream figures) {
        double[] sorted = figures.sorted().toArray();
        int middle = sorted.length / 2;
        double median = sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
        return new Spread(median, sorted[0], sorted[sorted.length - 1]);
    }

    /** As whole units. */
    public String format(double unit) {
        return new Spread(median / unit, min / unit, max / unit).format("%.0f");
    }

    /** @param each how to print one figure, such as {@code %.2f} */
    public String format(String each) {
        return String.format(Locale.ROOT, each + " (" + each + ".." + each + ")", median, min, max);
    }
}
