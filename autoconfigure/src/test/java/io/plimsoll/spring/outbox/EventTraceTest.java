package io.plimsoll.spring.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.transport.ReceiverContext;
import io.micrometer.observation.transport.SenderContext;
import io.plimsoll.outbox.OutboxListener;
import io.plimsoll.outbox.sink.OutboxMessage;
import io.plimsoll.spring.outbox.OutboxApp.Counted;
import io.plimsoll.timeout.NoTimeout;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** An event belongs to the trace that it was published in, wherever it is heard. */
class EventTraceTest {

    /** What a tracer does, as far as it matters here. */
    static final class Tracer implements ObservationHandler<Observation.Context> {

        private final List<String> seen = new CopyOnWriteArrayList<>();

        @Override
        public boolean supportsContext(Observation.Context context) {
            return true;
        }

        @Override
        @SuppressWarnings({"unchecked", "rawtypes"})
        public void onStart(Observation.Context context) {
            if (context instanceof SenderContext sender) {
                sender.getSetter().set(sender.getCarrier(), "traceparent", "the-trace");
            }
            if (context instanceof ReceiverContext receiver) {
                seen.add(context.getName() + " " + context.getLowCardinalityKeyValues() + " "
                        + receiver.getGetter().get(receiver.getCarrier(), "traceparent"));
            }
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Traced {

        @Bean
        Tracer tracer() {
            return new Tracer();
        }

        @Bean
        ObservationRegistry observations(Tracer tracer) {
            ObservationRegistry registry = ObservationRegistry.create();
            registry.observationConfig().observationHandler(tracer);
            return registry;
        }
    }

    static class Listening {

        private final List<Map<String, String>> headers = new CopyOnWriteArrayList<>();

        @OutboxListener(topic = "traced")
        @NoTimeout(reason = "A test.")
        void on(OutboxMessage message) {
            headers.add(message.headers());
        }
    }

    @Test
    void anEventCarriesTheTraceItWasPublishedIn() {
        try (OutboxDatabase database = new OutboxDatabase(OutboxDatabase.Kind.H2);
                OutboxApp app = OutboxApp.with(
                        database, new Collector(), Listening.class, context -> new Listening(), Traced.class)) {
            app.transaction().executeWithoutResult(status -> app.outbox()
                    .publish("traced", "k", new Counted("c", 1), Map.of("tenant", "blue")));
            await().until(database::isDelivered);

            assertThat(app.bean(Listening.class).headers)
                    .containsExactly(Map.of("traceparent", "the-trace", "tenant", "blue"));
            assertThat(app.bean(Tracer.class).seen)
                    .containsExactly("plimsoll.outbox.listen [keyValue(topic=traced)] the-trace");
        }
    }
}
