package io.plimsoll.spring.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.plimsoll.spring.outbox.OutboxApp.Counted;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What is seen of an outbox from outside: every figure moves with what it is about. */
class OutboxStateTest {

    private boolean broken = true;

    @Configuration(proxyBeanMethods = false)
    static class Meters {

        @Bean
        MeterRegistry registry() {
            return new SimpleMeterRegistry();
        }
    }

    private void publish(OutboxApp app, String key) {
        app.transaction().executeWithoutResult(status -> app.outbox().publish("t", key, new Counted(key, 1)));
    }

    @ParameterizedTest
    @EnumSource
    void everyFigureMoves(OutboxDatabase.Kind kind) {
        Collector collector = new Collector(message -> !broken || !"poison".equals(message.key()));
        try (OutboxDatabase database = new OutboxDatabase(kind);
                OutboxApp app = OutboxApp.with(
                        database,
                        collector,
                        OutboxStateTest.class,
                        context -> this,
                        Meters.class,
                        "plimsoll.outbox.default-sink=collector",
                        "plimsoll.outbox.on-failure=park-key-tail",
                        "plimsoll.outbox.attempts=1")) {
            MeterRegistry registry = app.bean(MeterRegistry.class);
            new OutboxGauges(database.store(), app.bean(OutboxState.class)).bindTo(registry);
            publish(app, "a");
            publish(app, "b");
            publish(app, "poison");
            await().until(() -> app.bean(JdbcDeadLetters.class).count() == 1);

            assertThat(registry.get("plimsoll.outbox.lag")
                            .tag("sink", "collector")
                            .timer()
                            .count())
                    .isEqualTo(2);
            assertThat(registry.get("plimsoll.outbox.lag").timer().max(TimeUnit.SECONDS))
                    .isLessThan(60);
            assertThat(registry.get("plimsoll.outbox.failures").counter().count())
                    .isEqualTo(1);
            assertThat(registry.get("plimsoll.outbox.given.up").counter().count())
                    .isEqualTo(1);

            OutboxState state = new OutboxState(database.store());
            OutboxEndpoint endpoint = new OutboxEndpoint(state, app.bean(JdbcDeadLetters.class));
            app.stop();
            publish(app, "waits");
            OutboxEndpoint.View view = endpoint.view(null, null);
            assertThat(view.state().waiting()).isEqualTo(1);
            assertThat(view.state().oldest()).isLessThan(Duration.ofMinutes(1));
            assertThat(view.state().deadLetters()).isEqualTo(1);
            assertThat(view.state().keysOutOfTheWay()).isEqualTo(1);
            assertThat(view.letters()).hasSize(1);
            assertThat(view.toString()).doesNotContain("poison");

            String id = view.letters().get(0).id().toString();
            assertThat(endpoint.view(null, id).letters()).isEmpty();
            assertThat(endpoint.discard(UUID.randomUUID().toString())).containsEntry("discarded", 0);
            assertThatThrownBy(() -> endpoint.replay("poison")).isInstanceOf(InvalidEndpointRequestException.class);
            broken = false;
            app.start();
            assertThat(endpoint.replay(id)).containsEntry("replayed", 1);
            await().until(database::isDelivered);
            assertThat(collector.keys()).containsExactlyInAnyOrder("a", "b", "poison", "waits");
        }
    }
}
