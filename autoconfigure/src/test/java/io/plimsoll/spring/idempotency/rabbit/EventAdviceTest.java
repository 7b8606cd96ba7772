package io.plimsoll.spring.idempotency.rabbit;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.spring.idempotency.ListenerEvents;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.amqp.core.Message;
import org.springframework.amqp.core.MessageProperties;
import org.springframework.amqp.rabbit.batch.MessageBatch;
import org.springframework.amqp.rabbit.batch.SimpleBatchingStrategy;
import org.springframework.aop.framework.ProxyFactory;

/** What of a message is known to the thread that works on it. */
class EventAdviceTest {

    /** As the container's own: it is proxied. */
    interface Delivery {

        void deliver(Message message);
    }

    private final List<@Nullable String> ids = new ArrayList<>();

    private void deliver(Message message, String header) {
        ProxyFactory factory = new ProxyFactory();
        factory.setInterfaces(Delivery.class);
        factory.setTarget((Delivery) any -> {});
        factory.addAdvice(new EventAdvice(new ListenerEvents() {

            @Override
            public void begin(Function<String, @Nullable String> headers) {
                ids.add(headers.apply(header));
            }

            @Override
            public void end() {}

            @Override
            public boolean mustComeAgain(Throwable failure) {
                return false;
            }
        }));
        ((Delivery) factory.getProxy()).deliver(message);
    }

    private static Message message(String id) {
        MessageProperties properties = new MessageProperties();
        properties.setMessageId(id);
        return new Message(id.getBytes(StandardCharsets.UTF_8), properties);
    }

    @Test
    void theIdOfAMessageIsKnown() {
        deliver(message("1"), "message-id");

        assertThat(ids).containsExactly("1");
    }

    /** They have all headers of the first in common, its id as well. */
    @Test
    void messagesOfAProducersBatchHaveNoIdOfTheirOwn() {
        SimpleBatchingStrategy strategy = new SimpleBatchingStrategy(2, 100_000, 1_000);
        strategy.addToBatch("", "orders", message("1"));
        MessageBatch batch = strategy.addToBatch("", "orders", message("2"));

        strategy.deBatch(batch.message(), each -> deliver(each, "message-id"));

        assertThat(ids).isEqualTo(Arrays.asList(null, null));
    }

    @Test
    void bytesAreKnownByWhatIsInThem() {
        for (byte[] id : new byte[][] {{'a', 'b'}, {'a', 'b'}, {-1, 0}, {-2, 0}}) {
            Message message = message("1");
            message.getMessageProperties().setHeader("event-id", id);
            deliver(message, "event-id");
        }

        assertThat(ids).containsExactly("ab", "ab", "0xff00", "0xfe00");
    }
}
