package io.plimsoll.spring.timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.plimsoll.spring.weaving.WeavingAutoConfiguration;
import io.plimsoll.timeout.Deadline;
import io.plimsoll.timeout.Timeout;
import io.plimsoll.timeout.TimeoutExceededException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Publisher;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Work that goes on after its method has returned. */
class AsyncResultTest {

    private static final Duration WELL_BEFORE_IT_ENDS = Duration.ofSeconds(20);

    /** Not in the bean: its proxy has fields of its own. */
    private static CompletableFuture<String> original = new CompletableFuture<>();

    private static final AtomicInteger CANCELLED = new AtomicInteger();

    private final List<TimeoutExceededException> reports = new CopyOnWriteArrayList<>();
    private final ApplicationContextRunner application = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(WeavingAutoConfiguration.class, TimeoutAutoConfiguration.class))
            .withBean("reports", TimeoutReport.class, () -> reports::add)
            .withBean(Later.class);

    @BeforeEach
    void begin() {
        CANCELLED.set(0);
    }

    @AfterEach
    void nothingIsLeftBehind() {
        assertThat(Thread.interrupted()).isFalse();
        assertThat(Deadline.current()).isEmpty();
    }

    @Test
    void aFutureFailsAtTheDeadlineAndTheOriginalIsCancelled() {
        run(later -> {
            CompletableFuture<String> result = later.future();

            assertThatThrownBy(() -> result.get(1, TimeUnit.MINUTES))
                    .hasCauseInstanceOf(TimeoutExceededException.class)
                    .cause()
                    .satisfies(e -> named((TimeoutExceededException) e, "future"));
            await().untilAsserted(() -> assertThat(original).isCancelled());
            await().untilAsserted(() -> assertThat(reports).hasSize(1));
        });
    }

    /** The JDK has one timer thread for all futures of the JVM. */
    @Test
    void whatDependsOnOneFutureHoldsUpNoOther() {
        run(later -> {
            CountDownLatch goOn = new CountDownLatch(1);
            CompletableFuture<Boolean> dependent = later.future().handle((value, failure) -> wait(goOn));

            assertThatThrownBy(() -> later.future().get(1, TimeUnit.MINUTES))
                    .hasCauseInstanceOf(TimeoutExceededException.class);

            goOn.countDown();
            assertThat(dependent.get(1, TimeUnit.MINUTES)).isTrue();
        });
    }

    /** What must happen at the deadline does not wait for what depends on the result. */
    @Test
    void theOriginalIsCancelledAndTheCutIsToldWhateverDependsOnIt() {
        run(later -> {
            CountDownLatch goOn = new CountDownLatch(1);
            CompletableFuture<Boolean> dependent = later.future().handle((value, failure) -> wait(goOn));

            await().until(original::isCancelled);
            assertThat(reports).hasSize(1);
            assertThat(dependent).isNotDone();

            goOn.countDown();
            assertThat(dependent.get(1, TimeUnit.MINUTES)).isTrue();
        });
    }

    /** The caller has returned in time and will not tell. */
    @Test
    void aCutAfterTheCallerHasReturnedIsToldAsWell() {
        run(later -> {
            Object future = later.starting(later::longFuture);

            assertThatThrownBy(() -> ((CompletableFuture<?>) future).get(1, TimeUnit.MINUTES))
                    .hasCauseInstanceOf(TimeoutExceededException.class);
            assertThat(reports).hasSize(1);
        });
    }

    @Test
    void aPublisherThatIsWaitedForIsCutOnce() {
        run(later -> {
            for (int i = 0; i < 10; i++) {
                assertThatThrownBy(() -> later.blockingAround(later.longMono()))
                        .isInstanceOf(TimeoutExceededException.class);
            }
            assertThat(reports).hasSize(10);
        });
    }

    private static boolean wait(CountDownLatch goOn) {
        try {
            return goOn.await(1, TimeUnit.MINUTES);
        } catch (InterruptedException e) {
            return false;
        }
    }

    /** That of a caller who waits is the caller's to report. */
    @Test
    void aCutAtTheCallersDeadlineIsReportedOnce() {
        run(later -> {
            assertThatThrownBy(() -> later.waiting(later::longFuture))
                    .isInstanceOfSatisfying(TimeoutExceededException.class, e -> named(e, "waiting"));
            await().until(original::isCancelled);
            assertThat(reports).hasSize(1);
        });
    }

    @Test
    void aStageFailsAsWellAndSoDoesWhatDependsOnIt() {
        run(later -> {
            CompletableFuture<Integer> length =
                    later.stage().thenApply(String::length).toCompletableFuture();

            assertThatThrownBy(length::join)
                    .isInstanceOf(CompletionException.class)
                    .hasCauseInstanceOf(TimeoutExceededException.class);
        });
    }

    @Test
    void aFutureInTimeIsAsItWas() {
        run(later -> {
            CompletableFuture<String> result = later.future();
            original.complete("done");
            assertThat(result.join()).isEqualTo("done");

            CompletableFuture<String> failing = later.future();
            original.completeExceptionally(new IllegalStateException("its own"));
            assertThatThrownBy(failing::join).hasCauseInstanceOf(IllegalStateException.class);

            assertThat(later.ready()).isCompletedWithValue("ready");
            assertThat(later.none()).isNull();
            assertThat(reports).isEmpty();
        });
    }

    @Test
    void whoCancelsTheResultCancelsTheWork() {
        run(later -> {
            CompletableFuture<String> result = later.future();
            result.cancel(true);

            assertThat(original).isCancelled();
            assertThatThrownBy(result::join).isInstanceOf(CancellationException.class);
        });
    }

    @Test
    void whatAMethodDoesBeforeItReturnsTheFutureCountsToo() {
        run(later -> assertThatThrownBy(() -> later.slowToReturn().join())
                .hasCauseInstanceOf(TimeoutExceededException.class));
    }

    @Test
    void aMonoFailsAtTheDeadlineAndItsSourceIsCancelled() {
        run(later -> {
            assertThatThrownBy(() -> later.mono().block(Duration.ofMinutes(1)))
                    .isInstanceOfSatisfying(TimeoutExceededException.class, e -> named(e, "mono"));
            assertThat(CANCELLED).hasValue(1);
            assertThat(reports).hasSize(1);
        });
    }

    /** The time of all elements together: each of them comes soon enough. */
    @Test
    void aFluxEndsAtTheDeadlineHoweverManyElementsCome() {
        run(later -> {
            List<Long> seen = new ArrayList<>();
            assertThatThrownBy(() -> later.flux().doOnNext(seen::add).blockLast(Duration.ofMinutes(1)))
                    .isInstanceOfSatisfying(TimeoutExceededException.class, e -> named(e, "flux"));
            assertThat(seen).isNotEmpty();
            assertThat(CANCELLED).hasValue(1);

            assertThatThrownBy(() -> Flux.from(later.publisher()).blockLast(Duration.ofMinutes(1)))
                    .isInstanceOf(TimeoutExceededException.class);
        });
    }

    @Test
    void eachSubscriptionHasABudgetOfItsOwn() {
        run(later -> {
            Mono<Duration> rest = later.rest();
            Duration first = rest.block();
            Timed.burn(Duration.ofMillis(50));
            assertThat(rest.block()).isBetween(Duration.ofSeconds(59), Duration.ofMinutes(1));
            assertThat(first).isBetween(Duration.ofSeconds(59), Duration.ofMinutes(1));
            assertThat(reports).isEmpty();
        });
    }

    @Test
    void theNearerOfTwoDeadlinesRulesAndIsNamed() {
        run(later -> {
            assertThatThrownBy(() -> later.monoAround(later.longMono()).block(Duration.ofMinutes(1)))
                    .isInstanceOfSatisfying(TimeoutExceededException.class, e -> named(e, "monoAround"));
            assertThatThrownBy(() -> later.longMonoAround(later.mono()).block(Duration.ofMinutes(1)))
                    .isInstanceOfSatisfying(TimeoutExceededException.class, e -> named(e, "mono"));
            assertThatThrownBy(() -> later.blockingAround(later.longMono()))
                    .isInstanceOfSatisfying(TimeoutExceededException.class, e -> named(e, "blockingAround"));
            await().untilAsserted(() -> assertThat(CANCELLED).hasValue(3));
        });
    }

    private static void named(TimeoutExceededException e, String method) {
        assertThat(e.method()).isEqualTo(Later.class.getName() + "." + method);
        assertThat(e.elapsed()).isLessThan(WELL_BEFORE_IT_ENDS);
    }

    private void run(Work work) {
        application.run(context -> work.run(context.getBean(Later.class)));
    }

    private interface Work {

        void run(Later later) throws Exception;
    }

    static class Later {

        @Timeout("200ms")
        public CompletableFuture<String> future() {
            original = new CompletableFuture<>();
            return original;
        }

        @Timeout("1m")
        public CompletableFuture<String> longFuture() {
            original = new CompletableFuture<>();
            return original;
        }

        @Timeout("200ms")
        public String waiting(Supplier<CompletableFuture<String>> work) throws Exception {
            return work.get().get();
        }

        @Timeout("200ms")
        public Object starting(Supplier<CompletableFuture<String>> work) {
            return work.get();
        }

        @Timeout("200ms")
        public CompletionStage<String> stage() {
            return new CompletableFuture<>();
        }

        @Timeout("200ms")
        public CompletableFuture<String> ready() {
            return CompletableFuture.completedFuture("ready");
        }

        @Timeout("200ms")
        public CompletableFuture<String> none() {
            return null;
        }

        @Timeout("200ms")
        public CompletableFuture<String> slowToReturn() throws InterruptedException {
            Timed.forever();
            return new CompletableFuture<>();
        }

        @Timeout("200ms")
        public Mono<String> mono() {
            return Mono.<String>never().doOnCancel(CANCELLED::incrementAndGet);
        }

        @Timeout("1m")
        public Mono<String> longMono() {
            return Mono.<String>never().doOnCancel(CANCELLED::incrementAndGet);
        }

        @Timeout("200ms")
        public <T> Mono<T> monoAround(Mono<T> inner) {
            return inner;
        }

        @Timeout("1m")
        public <T> Mono<T> longMonoAround(Mono<T> inner) {
            return inner;
        }

        @Timeout("200ms")
        public <T> T blockingAround(Mono<T> inner) {
            return inner.block();
        }

        @Timeout("300ms")
        public Flux<Long> flux() {
            return Flux.interval(Duration.ofMillis(10)).doOnCancel(CANCELLED::incrementAndGet);
        }

        @Timeout("300ms")
        public Publisher<Long> publisher() {
            return Flux.interval(Duration.ofMillis(10));
        }

        @Timeout("1m")
        public Mono<Duration> rest() {
            return Mono.deferContextual(
                    context -> Mono.just(context.<Deadline>get(Deadline.class).remaining()));
        }
    }
}
