package io.plimsoll.spring.outbox.kafka;

import io.plimsoll.outbox.sink.Deliveries;
import io.plimsoll.outbox.sink.OutboxMessage;
import io.plimsoll.outbox.sink.OutboxSink;
import io.plimsoll.spring.outbox.waves.Waves;
import io.plimsoll.spring.outbox.waves.Waves.Outcome;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.Producer;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.DisposableBean;

/**
 * Events to Kafka, by a producer of its own. One record of a key at a time: the producer gives up a record that is too large or too
 * late and goes on with the next of its partition, idempotent or not.
 */
final class KafkaSink implements OutboxSink, DisposableBean {

    private final Supplier<Producer<byte[], byte[]>> producers;
    private final String source;
    private final Duration timeout;
    private final Waves waves;
    private final UnknownTopics unknown = new UnknownTopics();
    private @Nullable Producer<byte[], byte[]> producer;

    /** @param source the application that the events come from */
    KafkaSink(Supplier<Producer<byte[], byte[]>> producers, String source, Duration timeout) {
        this.producers = producers;
        this.source = source;
        this.timeout = timeout;
        this.waves = Waves.of("kafka", Integer.MAX_VALUE, ProducerSettings.times(timeout));
    }

    @Override
    public String name() {
        return "kafka";
    }

    @Override
    public Duration deliveryTimeout() {
        return timeout;
    }

    @Override
    public void send(List<OutboxMessage> messages, Deliveries answers) {
        Producer<byte[], byte[]> now = producer();
        waves.send(messages, answers, (message, outcome) -> start(now, message, outcome));
    }

    /** Made when it is first needed, and again if that failed: an application starts without its broker. */
    private synchronized Producer<byte[], byte[]> producer() {
        if (producer == null) {
            producer = producers.get();
        }
        return producer;
    }

    /** The next batch gets another one. */
    private synchronized void discard(Producer<byte[], byte[]> broken) {
        if (producer == broken) {
            producer = null;
            broken.close(Duration.ZERO);
        }
    }

    private void start(Producer<byte[], byte[]> now, OutboxMessage message, Consumer<Outcome> outcome) {
        if (unknown.contains(message.topic())) {
            outcome.accept(Outcome.failed("the broker has no such topic"));
            return;
        }
        try {
            now.send(EventRecord.of(message, source), (metadata, failure) -> {
                if (failure != null && KafkaOutcomes.isUnknownTopic(failure)) {
                    unknown.add(message.topic());
                }
                outcome.accept(failure == null ? Outcome.delivered() : KafkaOutcomes.of(failure));
            });
        } catch (RuntimeException failure) {
            if (KafkaOutcomes.isOfTheProducer(failure)) {
                discard(now);
            }
            outcome.accept(KafkaOutcomes.of(failure));
        }
    }

    @Override
    public synchronized void destroy() {
        waves.close();
        if (producer != null) {
            producer.close(timeout.dividedBy(6));
            producer = null;
        }
    }
}
