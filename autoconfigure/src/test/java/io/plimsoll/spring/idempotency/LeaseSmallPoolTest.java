package io.plimsoll.spring.idempotency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.plimsoll.idempotency.CallInFlightException;
import io.plimsoll.spring.idempotency.LeasedLedger.Way;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** As {@link SmallPoolTest}, with leases: two connections, of which the holder has one, and many duplicates. */
class LeaseSmallPoolTest {

    private static final int DUPLICATES = 50;
    private static final int OTHERS = 30;

    @ParameterizedTest
    @EnumSource
    void duplicatesDoNotStarveTheOthers(LeaseStore store) throws Exception {
        CountDownLatch entered = new CountDownLatch(1);
        CountDownLatch gate = new CountDownLatch(1);
        ThreadLocal<Boolean> holds = ThreadLocal.withInitial(() -> false);
        ExecutorService threads = Executors.newCachedThreadPool();
        Step.Listener steps = step -> {
            if (step == Step.IN_METHOD && holds.get()) {
                entered.countDown();
                passed(gate);
            }
        };
        try (LedgerApp app = new LedgerApp(
                DurableDatabase.create(store.database()).pool(2),
                steps,
                store.properties(),
                store == LeaseStore.REDIS ? new Class<?>[] {LeaseStore.Redis.class} : new Class<?>[0])) {
            LeasedLedger ledger = app.leased();
            Future<String> holder = threads.submit(() -> {
                holds.set(true);
                return Way.TRANSACTIONAL.book(ledger, "one");
            });
            passed(entered);
            List<Future<String>> duplicates = new ArrayList<>();
            for (int i = 0; i < DUPLICATES; i++) {
                Way way = i % 2 == 0 ? Way.TRANSACTIONAL : Way.WAIT;
                duplicates.add(threads.submit(() -> way.book(ledger, way == Way.WAIT ? "two" : "one")));
            }
            for (int i = 0; i < OTHERS; i++) {
                String name = "other-" + i;
                assertThat(threads.submit(() -> Way.TRANSACTIONAL.book(ledger, name))
                                .get(60, TimeUnit.SECONDS))
                        .isNotEmpty();
            }
            assertThat(holder).isNotDone();
            gate.countDown();

            String answer = holder.get(60, TimeUnit.SECONDS);
            for (Future<String> duplicate : duplicates) {
                try {
                    assertThat(duplicate.get(60, TimeUnit.SECONDS))
                            .isIn(answer, app.ledger().numbersOf("two").get(0));
                } catch (ExecutionException e) {
                    assertThat(e).hasCauseInstanceOf(CallInFlightException.class);
                }
            }
            assertThat(app.ledger().numbersOf("one")).containsExactly(answer);
            assertThat(app.ledger().numbersOf("two")).hasSize(1);
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
