package io.plimsoll.spring.idempotency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plimsoll.idempotency.CallFailedException;
import io.plimsoll.idempotency.CallInFlightException;
import io.plimsoll.idempotency.Idempotent;
import io.plimsoll.idempotency.KeyMissingException;
import io.plimsoll.idempotency.KeyReusedException;
import io.plimsoll.idempotency.OnDuplicate;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** One key, one effect, one answer: through the whole chain, on each database. */
class IdempotentTest {

    @ParameterizedTest
    @EnumSource
    void aRepeatedCallHasOneEffectAndTheSameAnswer(TestDatabase database) {
        try (App app = new App(database, Orders.class, Scenario.class)) {
            Orders orders = app.get(Orders.class);

            Receipt first = orders.place(new Order("o-1", 3));
            Receipt again = orders.place(new Order("o-1", 3));

            assertThat(again).isEqualTo(first).isNotSameAs(first);
            assertThat(app.effects()).containsExactly("o-1");
        }
    }

    @ParameterizedTest
    @EnumSource
    void keysAreKeptApart(TestDatabase database) throws Exception {
        try (App app = new App(database, Orders.class, Scenario.class)) {
            Orders orders = app.get(Orders.class);

            orders.place(new Order("o-1", 3));
            orders.place(new Order("o-2", 3));
            orders.inTransaction(new Order("o-1", 3));

            assertThat(app.effects()).containsExactlyInAnyOrder("o-1", "o-2", "o-1");
        }
    }

    @ParameterizedTest
    @EnumSource
    void aKeyForAnotherPayloadIsRefused(TestDatabase database) {
        try (App app = new App(database, Orders.class, Scenario.class)) {
            Orders orders = app.get(Orders.class);
            orders.place(new Order("o-1", 3));

            assertThatThrownBy(() -> orders.place(new Order("o-1", 4)))
                    .isInstanceOfSatisfying(KeyReusedException.class, e -> {
                        assertThat(e.code()).isEqualTo("idempotency_key_reused");
                        assertThat(e.method()).isEqualTo(Orders.class.getName() + ".place");
                        assertThat(e.getMessage()).doesNotContain("o-1");
                    });
            assertThat(app.effects()).containsExactly("o-1");
        }
    }

    @ParameterizedTest
    @EnumSource
    void aCallWithoutAKeyIsRefused(TestDatabase database) {
        try (App app = new App(database, Orders.class, Scenario.class)) {
            assertThatThrownBy(() -> app.get(Orders.class).place(new Order(null, 1)))
                    .isInstanceOf(KeyMissingException.class)
                    .hasMessageEndingWith("needs a key, and #order.id is missing");
            assertThat(app.effects()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void aFailedCallLeavesNothingAndMayBeRepeated(TestDatabase database) {
        try (App app = new App(database, Orders.class, Scenario.class)) {
            Orders orders = app.get(Orders.class);
            Scenario scenario = app.get(Scenario.class);
            scenario.failure = new IllegalStateException("out of order");
            assertThatThrownBy(() -> orders.place(new Order("o-1", 3))).isSameAs(scenario.failure);
            assertThatThrownBy(() -> orders.inTransaction(new Order("o-1", 3))).isSameAs(scenario.failure);
            assertThat(app.effects()).isEmpty();
            assertThat(app.records()).isZero();

            scenario.failure = null;
            orders.place(new Order("o-1", 3));

            assertThat(app.effects()).containsExactly("o-1");
        }
    }

    /** Spring commits after a checked exception: what the method did stays, so it must not be done again. */
    @ParameterizedTest
    @EnumSource
    void aFailureThatCommitsIsNotRepeated(TestDatabase database) {
        try (App app = new App(database, Orders.class, Scenario.class)) {
            Orders orders = app.get(Orders.class);
            Scenario scenario = app.get(Scenario.class);
            scenario.failure = new IOException("half done");
            assertThatThrownBy(() -> orders.inTransaction(new Order("o-1", 3))).isSameAs(scenario.failure);
            assertThat(app.effects()).containsExactly("o-1");

            scenario.failure = null;
            assertThatThrownBy(() -> orders.inTransaction(new Order("o-1", 3)))
                    .isInstanceOf(CallFailedException.class)
                    .hasMessageContaining("java.io.IOException");
            assertThat(app.effects()).containsExactly("o-1");
        }
    }

    @ParameterizedTest
    @EnumSource
    void aCallThatFindsAnotherRunningIsRefusedOrWaits(TestDatabase database) throws Exception {
        try (App app = new App(database, Orders.class, Scenario.class);
                Elsewhere elsewhere = new Elsewhere()) {
            Orders orders = app.get(Orders.class);
            Scenario scenario = app.get(Scenario.class);
            scenario.gate = new CountDownLatch(1);
            Future<Receipt> holder = elsewhere.run(() -> orders.place(new Order("o-1", 3)));
            Future<Receipt> patient = elsewhere.run(() -> orders.patient(new Order("p-1", 3)));
            assertThat(scenario.entered.tryAcquire(2, 10, TimeUnit.SECONDS)).isTrue();

            assertThatThrownBy(() -> orders.place(new Order("o-1", 3))).isInstanceOf(CallInFlightException.class);
            assertThatThrownBy(() -> orders.place(new Order("o-1", 4))).isInstanceOf(KeyReusedException.class);
            assertThatThrownBy(() -> orders.patient(new Order("p-1", 4))).isInstanceOf(KeyReusedException.class);
            Future<Receipt> waiting = elsewhere.run(() -> orders.patient(new Order("p-1", 3)));
            scenario.gate.countDown();

            assertThat(waiting.get(10, TimeUnit.SECONDS)).isEqualTo(patient.get(10, TimeUnit.SECONDS));
            assertThat(holder.get(10, TimeUnit.SECONDS).item()).isEqualTo("o-1");
            assertThat(app.effects()).containsExactlyInAnyOrder("o-1", "p-1");
        }
    }

    @ParameterizedTest
    @EnumSource
    void whoeverWaitsRunsIfTheOtherFails(TestDatabase database) throws Exception {
        try (App app = new App(database, Orders.class, Scenario.class);
                Elsewhere elsewhere = new Elsewhere()) {
            Orders orders = app.get(Orders.class);
            Scenario scenario = app.get(Scenario.class);
            scenario.gate = new CountDownLatch(1);
            scenario.failure = new IllegalStateException("the first one fails");
            Future<Receipt> holder = elsewhere.run(() -> orders.patient(new Order("p-1", 3)));
            assertThat(scenario.entered.tryAcquire(1, 10, TimeUnit.SECONDS)).isTrue();
            Throwable failure = scenario.failure;
            scenario.failure = null;
            Future<Receipt> waiting = elsewhere.run(() -> orders.patient(new Order("p-1", 3)));
            scenario.gate.countDown();

            assertThatThrownBy(() -> holder.get(10, TimeUnit.SECONDS)).hasRootCause(failure);
            assertThat(waiting.get(10, TimeUnit.SECONDS).item()).isEqualTo("p-1");
            assertThat(app.effects()).containsExactly("p-1");
        }
    }

    record Order(@Nullable String id, int quantity) {}

    record Receipt(String item, long number, List<String> lines) {}

    static class Orders {

        private final JdbcTemplate jdbc;
        private final Scenario scenario;

        Orders(JdbcTemplate jdbc, Scenario scenario) {
            this.jdbc = jdbc;
            this.scenario = scenario;
        }

        @Idempotent(key = "#order.id")
        public Receipt place(Order order) {
            return work(order);
        }

        @Transactional
        @Idempotent(key = "#order.id")
        public Receipt inTransaction(Order order) throws Exception {
            return work(order);
        }

        @Transactional(propagation = Propagation.REQUIRES_NEW)
        @Idempotent(key = "#order.id", onDuplicate = OnDuplicate.WAIT, maxWait = "10s")
        public Receipt patient(Order order) {
            return work(order);
        }

        private Receipt work(Order order) {
            jdbc.update("INSERT INTO effects (name) VALUES (?)", order.id());
            scenario.play();
            return new Receipt(String.valueOf(order.id()), System.nanoTime(), List.of("a", "b"));
        }
    }

    /** What happens in the method once it has had its effect. */
    static class Scenario {

        final Semaphore entered = new Semaphore(0);
        volatile @Nullable Throwable failure;
        volatile @Nullable CountDownLatch gate;

        void play() {
            Throwable thrown = failure;
            CountDownLatch closed = gate;
            entered.release();
            if (closed != null) {
                try {
                    closed.await();
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            }
            if (thrown != null) {
                Elsewhere.sneak(thrown);
            }
        }
    }

    static final class Elsewhere implements AutoCloseable {

        private final ExecutorService executor = Executors.newCachedThreadPool();

        <T> Future<T> run(Callable<T> work) {
            return executor.submit(work);
        }

        @SuppressWarnings("unchecked")
        static <T extends Throwable> void sneak(Throwable failure) throws T {
            throw (T) failure;
        }

        @Override
        public void close() {
            executor.shutdownNow();
        }
    }
}
