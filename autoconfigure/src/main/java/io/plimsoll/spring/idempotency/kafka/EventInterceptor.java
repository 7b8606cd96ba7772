package io.plimsoll.spring.idempotency.kafka;

import io.plimsoll.spring.idempotency.ListenerEvents;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;
import org.springframework.kafka.listener.RecordInterceptor;

/** Says which record the listener's thread is working on. */
final class EventInterceptor implements RecordInterceptor<Object, Object> {

    private final ListenerEvents events;

    EventInterceptor(ListenerEvents events) {
        this.events = events;
    }

    @Override
    public ConsumerRecord<Object, Object> intercept(
            ConsumerRecord<Object, Object> record, Consumer<Object, Object> consumer) {
        Headers headers = record.headers();
        events.begin(name -> text(headers.lastHeader(name)));
        return record;
    }

    private static @Nullable String text(@Nullable Header header) {
        return header == null || header.value() == null ? null : ListenerEvents.text(header.value());
    }

    @Override
    public void afterRecord(ConsumerRecord<Object, Object> record, Consumer<Object, Object> consumer) {
        events.end();
    }
}
