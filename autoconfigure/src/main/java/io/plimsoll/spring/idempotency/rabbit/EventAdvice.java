package io.plimsoll.spring.idempotency.rabbit;

import io.plimsoll.spring.idempotency.ListenerEvents;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.aopalliance.intercept.MethodInterceptor;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;
import org.springframework.amqp.ImmediateRequeueAmqpException;
import org.springframework.amqp.core.Message;
import org.springframework.amqp.core.MessageProperties;
import org.springframework.amqp.listener.ListenerExecutionFailedException;
import org.springframework.amqp.support.AmqpHeaders;

/**
 * Around the call of a listener: says which message its thread is working on, and sends a message back to its queue that
 * another consumer is at, whatever the container does with failures otherwise.
 */
final class EventAdvice implements MethodInterceptor {

    private static final long BACK_OFF_MILLIS = TimeUnit.SECONDS.toMillis(1);

    private final ListenerEvents events;

    EventAdvice(ListenerEvents events) {
        this.events = events;
    }

    @Override
    public @Nullable Object invoke(MethodInvocation invocation) throws Throwable {
        Message message = message(invocation.getArguments());
        if (message == null) {
            return invocation.proceed();
        }
        events.begin(header(message.getMessageProperties()));
        try {
            return invocation.proceed();
        } catch (Throwable failure) {
            if (events.mustComeAgain(failure)) {
                pause(); // It comes again at once.
                throw new ListenerExecutionFailedException( // Another exception would restart the consumer.
                        "Another consumer is at this message, or the idempotency store does not answer",
                        new ImmediateRequeueAmqpException("It comes again", failure),
                        message);
            }
            throw failure;
        } finally {
            events.end();
        }
    }

    private static Function<String, @Nullable String> header(MessageProperties message) {
        Map<String, Object> headers = message.getHeaders();
        if (headers.containsKey(AmqpHeaders.BATCH_SIZE)) {
            return name -> null; // Taken out of a batch of its producer: they share their headers, those of the first.
        }
        return name -> {
            Object value = headers.get(name);
            if (value == null) {
                return name.equals("message-id") ? message.getMessageId() : null;
            }
            return value instanceof byte[] bytes ? ListenerEvents.text(bytes) : value.toString();
        };
    }

    /** Ends early with an interrupt: the container stops. */
    private static void pause() {
        try {
            if (new CountDownLatch(1).await(BACK_OFF_MILLIS, TimeUnit.MILLISECONDS)) {
                throw new IllegalStateException("Nobody counts down.");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Those of a batch have no id in common. */
    private static @Nullable Message message(Object[] arguments) {
        for (Object argument : arguments) {
            if (argument instanceof Message message) {
                return message;
            }
        }
        return null;
    }
}
