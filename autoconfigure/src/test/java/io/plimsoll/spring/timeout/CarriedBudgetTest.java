package io.plimsoll.spring.timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.micrometer.context.ContextSnapshot;
import io.micrometer.context.ContextSnapshotFactory;
import io.plimsoll.spring.weaving.WeavingAutoConfiguration;
import io.plimsoll.timeout.Deadline;
import io.plimsoll.timeout.Timeout;
import io.plimsoll.timeout.TimeoutExceededException;
import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.task.TaskExecutionAutoConfiguration;
import org.springframework.boot.autoconfigure.task.TaskSchedulingAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.core.task.AsyncTaskExecutor;
import org.springframework.scheduling.TaskScheduler;
import org.springframework.scheduling.annotation.Async;
import org.springframework.scheduling.annotation.EnableAsync;
import org.springframework.scheduling.annotation.EnableScheduling;

/** What a call hands to other threads ends with it. */
class CarriedBudgetTest {

    private static final Duration SHORT = Duration.ofMillis(400);
    private static final Duration LONG = Duration.ofMinutes(1);

    private final Timed timed = new Timed(LONG);

    @AfterEach
    void stop() {
        timed.close();
        assertThat(Thread.interrupted()).isFalse();
        assertThat(Deadline.current()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("io.plimsoll.spring.timeout.Threads#available")
    void aTaskRunsUnderTheRestOfTheBudget(Threads threads) {
        run(threads, context -> {
            AsyncTaskExecutor executor = context.getBean("applicationTaskExecutor", AsyncTaskExecutor.class);
            Duration left = timed.call(LONG, () -> {
                Timed.burn(Duration.ofMillis(20));
                return executor.submit(() -> Deadline.current().orElseThrow().remaining())
                        .get();
            });

            assertThat(left).isBetween(Duration.ofSeconds(30), LONG.minusMillis(20));
            assertThat(executor.submit(Deadline::current).get()).isEmpty();
        });
    }

    @ParameterizedTest
    @MethodSource("io.plimsoll.spring.timeout.Threads#available")
    void manyTasksAreCutAtTheCallersDeadlineAndThePoolIsWhole(Threads threads) {
        run(threads, context -> {
            AsyncTaskExecutor executor = context.getBean("applicationTaskExecutor", AsyncTaskExecutor.class);
            try (Pool pool = new Pool(4)) {
                List<Future<?>> tasks = timed.call(SHORT, () -> IntStream.range(0, 8)
                        .<Future<?>>mapToObj(i -> executor.submit(() -> pool.execute("select pg_sleep(60)")))
                        .toList());

                for (Future<?> task : tasks) {
                    assertThatThrownBy(() -> task.get(30, TimeUnit.SECONDS))
                            .isNotInstanceOf(java.util.concurrent.TimeoutException.class);
                }
                await().untilAsserted(() -> assertThat(pool.active()).isZero());
                assertThat(pool.number("select 1")).isEqualTo(1);
                assertThat(executor.submit(() -> Thread.currentThread().isInterrupted())
                                .get())
                        .isFalse();
            }
        });
    }

    @Test
    void futuresOnSpringsExecutorAreCarried() {
        run(Threads.PLATFORM, context -> {
            Executor executor = context.getBean("applicationTaskExecutor", AsyncTaskExecutor.class);
            assertThatThrownBy(() -> timed.call(SHORT, () -> CompletableFuture.supplyAsync(
                                    () -> {
                                        try {
                                            return Timed.forever();
                                        } catch (InterruptedException e) {
                                            throw new IllegalStateException("interrupted", e);
                                        }
                                    },
                                    executor)
                            .get()))
                    .isInstanceOfSatisfying(TimeoutExceededException.class, e -> assertThat(e.method())
                            .isEqualTo("Test.400"));
        });
    }

    /** Nobody could tell its future otherwise. */
    @Test
    void aTaskThatBeginsTooLateIsRefusedAtItsFirstCall() {
        run(Threads.PLATFORM, context -> {
            AsyncTaskExecutor executor = context.getBean("applicationTaskExecutor", AsyncTaskExecutor.class);
            AtomicReference<Future<?>> task = new AtomicReference<>();
            CountDownLatch goOn = new CountDownLatch(1);
            // The pool has eight threads.
            IntStream.range(0, 8).forEach(i -> executor.submit(() -> goOn.await(1, TimeUnit.MINUTES)));

            assertThatThrownBy(() -> timed.callUninterrupted(SHORT, () -> {
                        task.set(executor.submit(() -> {
                            Budget.ofThread().check();
                            return null;
                        }));
                        Timed.burn(SHORT.multipliedBy(2));
                        return null;
                    }))
                    .isInstanceOf(TimeoutExceededException.class);
            goOn.countDown();

            assertThatThrownBy(() -> task.get().get(30, TimeUnit.SECONDS))
                    .hasCauseInstanceOf(TimeoutExceededException.class);
        });
    }

    @Test
    void anAsyncMethodIsCarriedAndTheSmallerBudgetRules() {
        run(Threads.PLATFORM, context -> {
            Mail mail = context.getBean(Mail.class);
            assertThat(timed.call(LONG, () -> mail.send().get())).isBetween(Duration.ofSeconds(30), LONG);
            assertThat(timed.call(
                            Duration.ofSeconds(10), () -> mail.sendWithin30s().get()))
                    .isLessThanOrEqualTo(Duration.ofSeconds(10));
            assertThat(timed.call(LONG, () -> mail.sendWithin30s().get())).isLessThanOrEqualTo(Duration.ofSeconds(30));
        });
    }

    @Test
    void aTaskMayLeaveTheCall() {
        run(Threads.PLATFORM, context -> {
            Mail mail = context.getBean(Mail.class);
            CompletableFuture<String> sent = timed.call(SHORT, mail::sendLater);

            Timed.burn(SHORT.multipliedBy(2));
            mail.goOn().countDown();

            assertThat(sent.get(30, TimeUnit.SECONDS)).isEqualTo("sent");
            timed.call(LONG, () -> {
                Deadline.detach();
                assertThat(Deadline.current()).as("its own budget").isPresent();
                return null;
            });
        });
    }

    @Test
    void anAsyncMethodWhoseFutureNeverCompletesIsCut() {
        run(Threads.PLATFORM, context -> assertThatThrownBy(
                        () -> context.getBean(Mail.class).never().get(1, TimeUnit.MINUTES))
                .hasCauseInstanceOf(TimeoutExceededException.class));
    }

    @ParameterizedTest
    @MethodSource("io.plimsoll.spring.timeout.Threads#available")
    void aTaskThatLeavesTheCallKeepsItsOwnTimeout(Threads threads) {
        run(threads, context -> {
            Mail mail = context.getBean(Mail.class);

            assertThat(timed.call(SHORT, mail::leaveWithin30s).get(30, TimeUnit.SECONDS))
                    .isBetween(SHORT.multipliedBy(2), Duration.ofSeconds(30));
            assertThatThrownBy(() -> timed.call(LONG, mail::leaveAndWait).get(30, TimeUnit.SECONDS))
                    .hasCauseInstanceOf(TimeoutExceededException.class);
            // The same threads, without anything left behind.
            assertThat(context.getBean("applicationTaskExecutor", AsyncTaskExecutor.class)
                            .submit(Deadline::current)
                            .get())
                    .isEmpty();
        });
    }

    @Test
    void whatATaskCommitsAfterItHasLeftTheCallIsItsOwn() {
        run(Threads.PLATFORM, context -> {
            AsyncTaskExecutor executor = context.getBean("applicationTaskExecutor", AsyncTaskExecutor.class);
            try (Pool pool = TimedDatabase.H2.open(2)) {
                pool.execute("create table orders (id int)");
                timed.call(Duration.ofSeconds(10), () -> executor.submit(() -> timed.call(LONG, () -> {
                            Deadline.detach();
                            try (Connection connection = pool.dataSource().getConnection()) {
                                connection.setAutoCommit(false);
                                connection.createStatement().execute("insert into orders values (1)");
                                connection.commit();
                            }
                            return null;
                        }))
                        .get());

                assertThat(pool.number("select count(*) from orders")).isEqualTo(1);
            }
        });
    }

    @Test
    void theOwnTimeoutOfATaskThatHasLeftTheCallIsTheOneThatIsNamed() {
        run(Threads.PLATFORM, context -> {
            AsyncTaskExecutor executor = context.getBean("applicationTaskExecutor", AsyncTaskExecutor.class);
            Future<Object> task = timed.call(
                    SHORT,
                    () -> executor.submit(() -> timed.call(SHORT.multipliedBy(2), () -> {
                        Deadline.detach();
                        return Timed.forever();
                    })));

            assertThatThrownBy(() -> task.get(30, TimeUnit.SECONDS))
                    .cause()
                    .isInstanceOfSatisfying(TimeoutExceededException.class, e -> assertThat(e.method())
                            .isEqualTo("Test.800"));
            assertThat(timed.reports())
                    .extracting(TimeoutExceededException::method)
                    .containsExactly("Test.800");
            assertThat(executor.submit(() -> Thread.currentThread().isInterrupted())
                            .get())
                    .isFalse();
        });
    }

    /** As where Micrometer's decorator stands beside ours. */
    @Test
    void whoLeavesTheCallWithinASnapshotLeavesNothingOnTheThread() {
        run(Threads.PLATFORM, context -> {
            AsyncTaskExecutor executor = context.getBean("applicationTaskExecutor", AsyncTaskExecutor.class);
            Runnable inScope = () -> {
                ContextSnapshot snapshot =
                        ContextSnapshotFactory.builder().build().captureAll();
                try (ContextSnapshot.Scope scope = snapshot.setThreadLocals()) {
                    assertThat(scope).isNotNull();
                    Deadline.detach();
                }
                assertThat(Deadline.current()).isEmpty();
            };
            for (int i = 0; i < 8; i++) {
                timed.call(SHORT, () -> executor.submit(inScope).get());
            }
            for (int i = 0; i < 8; i++) {
                assertThat(executor.submit(() -> timed.call(LONG, () -> "done")).get())
                        .isEqualTo("done");
            }
        });
    }

    @Test
    void aTaskMayLeaveACapAsWell() {
        run(Threads.PLATFORM, context -> {
            Terms cap = cap();
            Deadline before = cap.bindAsCap();
            ContextSnapshot snapshot;
            try {
                Deadline.detach();
                assertThat(Deadline.current()).as("it is the request's own").containsSame(cap);
                snapshot = ContextSnapshotFactory.builder().build().captureAll();
            } finally {
                Terms.unbindCap(before);
            }
            Threads.PLATFORM.run(1, () -> {
                try (ContextSnapshot.Scope scope = snapshot.setThreadLocals()) {
                    assertThat(scope).isNotNull();
                    Deadline.detach();
                    assertThat(Deadline.current()).isEmpty();
                }
                assertThat(Deadline.current()).isEmpty();
                return null;
            });
        });
    }

    /** Else it would be cut for ever. */
    @ParameterizedTest
    @MethodSource("io.plimsoll.spring.timeout.Threads#available")
    void whatASchedulerRepeatsOrDoesLaterIsFree(Threads threads) {
        run(threads, context -> {
            TaskScheduler scheduler = context.getBean(TaskScheduler.class);
            AtomicInteger runs = new AtomicInteger();
            AtomicInteger cut = new AtomicInteger();
            CountDownLatch later = new CountDownLatch(1);
            Runnable count = () -> {
                runs.incrementAndGet();
                Deadline.current().ifPresent(deadline -> cut.incrementAndGet());
            };

            assertThatThrownBy(() -> timed.call(SHORT, () -> {
                        scheduler.scheduleAtFixedRate(count, Duration.ofMillis(50));
                        scheduler.schedule(later::countDown, Instant.now().plus(SHORT.multipliedBy(2)));
                        return Timed.forever();
                    }))
                    .isInstanceOf(TimeoutExceededException.class);

            assertThat(later.await(30, TimeUnit.SECONDS)).isTrue();
            int before = runs.get();
            await().until(() -> runs.get() > before + 3);
            assertThat(cut).hasValue(0);
        });
    }

    @Test
    void micrometersSnapshotsCarryItAndLeaveNothingBehind() {
        run(Threads.PLATFORM, context -> {
            ContextSnapshot snapshot = timed.call(
                    LONG, () -> ContextSnapshotFactory.builder().build().captureAll());

            Threads.PLATFORM.run(1, () -> {
                try (ContextSnapshot.Scope scope = snapshot.setThreadLocals()) {
                    assertThat(scope).isNotNull();
                    assertThat(Deadline.current()).isPresent();
                }
                assertThat(Deadline.current()).isEmpty();
                timed.call(Duration.ofSeconds(10), () -> {
                    Deadline own = Deadline.current().orElseThrow();
                    try (ContextSnapshot.Scope scope = snapshot.setThreadLocals()) {
                        assertThat(scope).isNotNull();
                        assertThat(Deadline.current()).as("the nearer one").containsSame(own);
                    }
                    assertThat(Deadline.current()).containsSame(own);
                    return null;
                });
                return null;
            });
        });
    }

    @Test
    void aSnapshotOfNothingHidesABudgetAndBringsItBack() {
        run(Threads.PLATFORM, context -> {
            ContextSnapshot nothing =
                    ContextSnapshotFactory.builder().clearMissing(true).build().captureAll();
            AsyncTaskExecutor executor = context.getBean("applicationTaskExecutor", AsyncTaskExecutor.class);

            assertThatThrownBy(() -> timed.call(SHORT, () -> executor.submit(() -> {
                                Deadline carried = Deadline.current().orElseThrow();
                                try (ContextSnapshot.Scope scope = nothing.setThreadLocals()) {
                                    assertThat(scope).isNotNull();
                                    assertThat(Deadline.current()).isEmpty();
                                }
                                assertThat(Deadline.current()).containsSame(carried);
                                return Timed.forever();
                            })
                            .get()))
                    .isInstanceOf(TimeoutExceededException.class);
        });
    }

    @Test
    void aCapIsHiddenAndBroughtBackAsWell() {
        run(Threads.PLATFORM, context -> {
            Terms cap = cap();
            ContextSnapshot nothing =
                    ContextSnapshotFactory.builder().clearMissing(true).build().captureAll();
            Deadline before = cap.bindAsCap();
            try {
                try (ContextSnapshot.Scope scope = nothing.setThreadLocals()) {
                    assertThat(scope).isNotNull();
                    assertThat(Deadline.current()).isEmpty();
                }
                assertThat(Deadline.current()).containsSame(cap);
            } finally {
                Terms.unbindCap(before);
            }
        });
    }

    /** Nothing watches over what runs under it there either. */
    @Test
    void aCapIsCarriedAsACapAndLeavesNothingBehind() {
        run(Threads.PLATFORM, context -> {
            Deadline before = cap().bindAsCap();
            ContextSnapshot snapshot;
            try {
                snapshot = ContextSnapshotFactory.builder().build().captureAll();
            } finally {
                Terms.unbindCap(before);
            }
            Threads.PLATFORM.run(1, () -> {
                try (ContextSnapshot.Scope scope = snapshot.setThreadLocals()) {
                    assertThat(scope).isNotNull();
                    assertThat(Deadline.current()).isPresent();
                    assertThat(CallBudget.current()).isNull();
                    assertThat(BudgetTerms.of(Deadline.current().orElseThrow())).isNull();
                }
                assertThat(Deadline.current()).isEmpty();
                return null;
            });
        });
    }

    private Terms cap() {
        Terms terms = new IncomingBudget(new Watchdog(LONG, LONG, cut -> {}), new TrustedPeers(List.of("::1")), LONG)
                .of("::1", List.of("60000"));
        assertThat(terms).isNotNull();
        return terms;
    }

    @Test
    void aSnapshotCutsWhatRunsUnderItAndTheFlagIsClean() {
        run(Threads.PLATFORM, context -> {
            ContextSnapshot snapshot = timed.call(
                    SHORT, () -> ContextSnapshotFactory.builder().build().captureAll());

            Threads.PLATFORM.run(1, () -> {
                Runnable interrupted =
                        () -> assertThatThrownBy(Timed::forever).isInstanceOf(InterruptedException.class);
                snapshot.wrap(interrupted).run();
                assertThat(Thread.currentThread().isInterrupted()).isFalse();
                assertThat(Deadline.current()).isEmpty();
                return null;
            });
        });
    }

    private static void run(Threads threads, Work work) {
        new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(
                        WeavingAutoConfiguration.class,
                        TimeoutAutoConfiguration.class,
                        TaskExecutionAutoConfiguration.class,
                        TaskSchedulingAutoConfiguration.class))
                .withUserConfiguration(Asynchronous.class)
                .withBean(Mail.class)
                .withPropertyValues("spring.threads.virtual.enabled=" + (threads == Threads.VIRTUAL))
                .run(context -> work.run(context));
    }

    private interface Work {

        void run(ApplicationContext context) throws Exception;
    }

    @EnableAsync
    @EnableScheduling
    static class Asynchronous {}

    static class Mail {

        private final CountDownLatch goOn = new CountDownLatch(1);

        @Async
        public CompletableFuture<Duration> send() {
            return CompletableFuture.completedFuture(
                    Deadline.current().orElseThrow().remaining());
        }

        @Async
        @Timeout("30s")
        public CompletableFuture<Duration> sendWithin30s() {
            return CompletableFuture.completedFuture(
                    Deadline.current().orElseThrow().remaining());
        }

        @Async
        @Timeout("200ms")
        public CompletableFuture<String> never() {
            return new CompletableFuture<>();
        }

        @Async
        @Timeout("30s")
        public CompletableFuture<Duration> leaveWithin30s() {
            Deadline.detach();
            return CompletableFuture.completedFuture(
                    Deadline.current().orElseThrow().remaining());
        }

        /** Around it is another that ends later: it is the own one that cuts. */
        @Async
        @Timeout("300ms")
        public CompletableFuture<String> leaveAndWait() throws InterruptedException {
            Deadline.detach();
            return CompletableFuture.completedFuture(String.valueOf(Timed.forever()));
        }

        @Async
        public CompletableFuture<String> sendLater() throws InterruptedException {
            Deadline.detach();
            goOn.await(1, TimeUnit.MINUTES);
            return CompletableFuture.completedFuture("sent");
        }

        public CountDownLatch goOn() {
            return goOn;
        }
    }
}
