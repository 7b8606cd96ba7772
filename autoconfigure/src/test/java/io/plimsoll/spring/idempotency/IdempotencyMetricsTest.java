package io.plimsoll.spring.idempotency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.common.KeyValue;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.tck.TestObservationRegistry;
import io.plimsoll.idempotency.Idempotent;
import io.plimsoll.spring.idempotency.IdempotentTest.Elsewhere;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.interceptor.TransactionAspectSupport;

/** What is counted and observed: methods, operations and results, and never data. */
class IdempotencyMetricsTest {

    private static final String DESK = Desk.class.getName();

    @ParameterizedTest
    @EnumSource
    void callsAreCountedByMethodAndResult(TestDatabase database) throws Exception {
        try (App app = new App(database, Registries.class, Desk.class, Orders.class);
                Elsewhere elsewhere = new Elsewhere()) {
            Desk desk = app.get(Desk.class);
            Orders orders = app.get(Orders.class);

            desk.plain("secret-1");
            desk.plain("secret-1");
            desk.plain("secret-1");
            desk.does(() -> {
                throw new IllegalStateException("out of order");
            });
            assertThatThrownBy(() -> desk.plain("secret-2")).hasMessage("out of order");
            desk.does(() -> TransactionAspectSupport.currentTransactionStatus().setRollbackOnly());
            desk.transactional("secret-3");
            orders.place("secret-4", 1);
            assertThatThrownBy(() -> orders.place("secret-4", 2)).isNotNull();
            assertThatThrownBy(() -> orders.place(null, 2)).isNotNull();
            CountDownLatch entered = new CountDownLatch(1);
            CountDownLatch gate = new CountDownLatch(1);
            desk.does(() -> {
                entered.countDown();
                gate.await();
            });
            Future<String> holder = elsewhere.run(() -> desk.plain("secret-5"));
            assertThat(entered.await(10, TimeUnit.SECONDS)).isTrue();
            assertThatThrownBy(() -> desk.plain("secret-5")).isNotNull();
            gate.countDown();
            holder.get(10, TimeUnit.SECONDS);

            assertThat(counts(app))
                    .containsExactlyInAnyOrder(
                            DESK + ".plain executed 2",
                            DESK + ".plain replayed 2",
                            DESK + ".plain failed 1",
                            DESK + ".plain in_flight 1",
                            DESK + ".transactional failed 1",
                            Orders.class.getName() + ".place executed 1",
                            Orders.class.getName() + ".place key_reused 1",
                            Orders.class.getName() + ".place refused 1");
        }
    }

    @ParameterizedTest
    @EnumSource
    void eachOperationOfTheStoreIsOneObservation(TestDatabase database) throws Exception {
        try (App app = new App(database, Registries.class, Desk.class);
                Elsewhere elsewhere = new Elsewhere()) {
            Desk desk = app.get(Desk.class);
            Observed observed = app.get(Observed.class);

            desk.plain("secret-1");
            assertThat(observed.take()).containsExactly("claim granted", "record true");

            desk.plain("secret-1");
            assertThat(observed.take()).containsExactly("claim found");

            CountDownLatch entered = new CountDownLatch(1);
            CountDownLatch gate = new CountDownLatch(1);
            desk.does(() -> {
                entered.countDown();
                gate.await();
            });
            Future<String> holder = elsewhere.run(() -> desk.plain("secret-2"));
            assertThat(entered.await(10, TimeUnit.SECONDS)).isTrue();
            observed.take();
            assertThatThrownBy(() -> desk.plain("secret-2")).isNotNull();
            assertThat(observed.take()).containsExactly("claim in_flight", "peek false");
            gate.countDown();
            holder.get(10, TimeUnit.SECONDS);
            observed.take();

            app.jdbc().execute("DROP TABLE plimsoll_idempotency");
            assertThatThrownBy(() -> desk.plain("secret-3")).isNotNull();
            assertThat(observed.take()).containsExactly("claim failed");
            assertThat(observed.everything()).doesNotContain("secret-");
        }
    }

    private static List<String> counts(App app) {
        List<String> counts = new ArrayList<>();
        for (Counter counter :
                app.get(MeterRegistry.class).find("plimsoll.idempotency.calls").counters()) {
            assertThat(counter.getId().getTags()).extracting(Tag::getKey).containsExactly("method", "result");
            counts.add(counter.getId().getTag("method") + " " + counter.getId().getTag("result") + " "
                    + (long) counter.count());
        }
        return counts;
    }

    static class Orders {

        @Idempotent(key = "#id")
        public int place(@Nullable String id, int quantity) {
            return quantity;
        }
    }

    /** The observations of the store, as they stop. */
    static final class Observed implements ObservationHandler<Observation.Context> {

        private final List<String> stopped = new ArrayList<>();
        private final StringBuilder everything = new StringBuilder();

        @Override
        public synchronized void onStop(Observation.Context context) {
            assertThat(context.getLowCardinalityKeyValues())
                    .extracting(KeyValue::getKey)
                    .containsExactly("operation", "result");
            assertThat(context.getHighCardinalityKeyValues()).isEmpty();
            stopped.add(context.getLowCardinalityKeyValues().stream()
                    .map(KeyValue::getValue)
                    .collect(Collectors.joining(" ")));
            everything.append(context).append(context.getError());
        }

        @Override
        public boolean supportsContext(Observation.Context context) {
            return "plimsoll.idempotency.store".equals(context.getName());
        }

        synchronized List<String> take() {
            List<String> taken = List.copyOf(stopped);
            stopped.clear();
            return taken;
        }

        synchronized String everything() {
            return everything.toString();
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Registries {

        @Bean
        MeterRegistry meters() {
            return new SimpleMeterRegistry();
        }

        @Bean
        Observed observed() {
            return new Observed();
        }

        @Bean
        TestObservationRegistry observations(Observed observed) {
            TestObservationRegistry registry = TestObservationRegistry.create();
            registry.observationConfig().observationHandler(observed);
            return registry;
        }
    }
}
