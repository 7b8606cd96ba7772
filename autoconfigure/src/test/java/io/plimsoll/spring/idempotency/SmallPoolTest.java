package io.plimsoll.spring.idempotency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.plimsoll.idempotency.CallInFlightException;
import io.plimsoll.spring.idempotency.Ledger.Way;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Many duplicates and few connections: whoever waits for another call must not keep the connection it needs. */
class SmallPoolTest {

    private static final int DUPLICATES = 50;
    private static final int OTHERS = 30;

    static Stream<Arguments> everyWay() {
        return Stream.of(TestDatabase.values())
                .flatMap(kind -> Stream.of(Way.values()).map(way -> Arguments.of(kind, way)));
    }

    @ParameterizedTest
    @MethodSource("everyWay")
    void duplicatesDoNotStarveTheOthers(TestDatabase kind, Way way) throws Exception {
        CountDownLatch entered = new CountDownLatch(1);
        CountDownLatch gate = new CountDownLatch(1);
        ThreadLocal<Boolean> holds = ThreadLocal.withInitial(() -> false);
        ExecutorService threads = Executors.newCachedThreadPool();
        try (LedgerApp app = new LedgerApp(DurableDatabase.create(kind).pool(2), step -> {
            if (step == Step.IN_METHOD && holds.get()) {
                entered.countDown();
                passed(gate);
            }
        })) {
            Ledger ledger = app.ledger();
            Future<String> holder = threads.submit(() -> {
                holds.set(true);
                return way.book(ledger, "one").number();
            });
            passed(entered);
            List<Future<String>> duplicates = new ArrayList<>();
            for (int i = 0; i < DUPLICATES; i++) {
                duplicates.add(threads.submit(() -> way.book(ledger, "one").number()));
            }

            // The holder has one connection of the two until the others are through.
            for (int i = 0; i < OTHERS; i++) {
                String name = "other-" + i;
                assertThat(threads.submit(() -> way.book(ledger, name).number()).get(60, TimeUnit.SECONDS))
                        .isNotEmpty();
            }
            assertThat(holder).isNotDone();
            gate.countDown();

            String answer = holder.get(60, TimeUnit.SECONDS);
            int answered = 0;
            for (Future<String> duplicate : duplicates) {
                try {
                    assertThat(duplicate.get(60, TimeUnit.SECONDS)).isEqualTo(answer);
                    answered++;
                } catch (ExecutionException e) {
                    assertThat(e).hasCauseInstanceOf(CallInFlightException.class);
                    assertThat(way).isNotEqualTo(Way.WAIT);
                }
            }
            if (way == Way.WAIT) {
                assertThat(answered).isEqualTo(DUPLICATES);
            }
            assertThat(ledger.numbersOf("one")).containsExactly(answer);
            assertThat(app.entries()).hasSize(1 + OTHERS);
            assertThat(ledger.runs()).isEqualTo(1 + OTHERS);
            await().until(() -> app.active() == 0);
        } finally {
            gate.countDown();
            threads.shutdownNow();
        }
    }

    private static void passed(CountDownLatch latch) {
        try {
            assertThat(latch.await(60, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
