package io.plimsoll.benchmarks.timeout;

import java.lang.reflect.InvocationTargetException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** By reflection: the benchmarks are compiled for Java 17. */
final class VirtualThreads {

    private static final int SINCE = 21;

    private VirtualThreads() {}

    /** One thread per task. */
    static ExecutorService executor() throws ReflectiveOperationException {
        if (Runtime.version().feature() < SINCE) {
            throw new IllegalStateException("Java " + Runtime.version().feature()
                    + " has no virtual threads to be measured: start the benchmark on JDK 25.");
        }
        try {
            return (ExecutorService)
                    Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
        } catch (InvocationTargetException e) {
            throw new IllegalStateException(e.getCause());
        }
    }
}
