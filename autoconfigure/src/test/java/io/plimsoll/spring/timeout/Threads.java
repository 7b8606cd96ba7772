package io.plimsoll.spring.timeout;

import java.lang.reflect.InvocationTargetException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

/** Platform threads, and virtual ones where the JVM has them. */
public enum Threads {
    PLATFORM,
    VIRTUAL;

    public static Stream<Threads> available() {
        return Runtime.version().feature() >= 21 ? Stream.of(values()) : Stream.of(PLATFORM);
    }

    /** Runs the task on so many threads at once and returns what each returned; the first failure fails all. */
    public <T> List<T> run(int threads, Callable<T> task) throws Exception {
        ExecutorService executor = executor(threads);
        try {
            List<Future<T>> futures = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                futures.add(executor.submit(task));
            }
            List<T> results = new ArrayList<>();
            for (Future<T> future : futures) {
                results.add(future.get());
            }
            return results;
        } finally {
            executor.shutdownNow();
        }
    }

    /** By reflection: the tests are compiled for Java 17. */
    private ExecutorService executor(int threads) throws ReflectiveOperationException {
        if (this == PLATFORM) {
            return Executors.newFixedThreadPool(threads);
        }
        try {
            return (ExecutorService)
                    Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
        } catch (InvocationTargetException e) {
            throw new IllegalStateException(e.getCause());
        }
    }
}
