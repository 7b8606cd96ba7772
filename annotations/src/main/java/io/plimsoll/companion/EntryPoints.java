package io.plimsoll.companion;

import java.util.Set;

/**
 * The annotations that make a method an entry point - a framework calls it from outside - or a call to the outside.
 *
 * <p>By name, because none of these libraries need be there. The compiler, which asks for a budget, and the starter,
 * which lets a promise on a package cover such methods only, read the same sets: they must not disagree.
 */
public final class EntryPoints {

    /** On a method of an HTTP server, or of an interface that describes one. */
    public static final String HTTP_EXCHANGE = "org.springframework.web.service.annotation.HttpExchange";

    /** On a type: each of its methods calls out over HTTP. */
    public static final String FEIGN_CLIENT = "org.springframework.cloud.openfeign.FeignClient";

    /** On a method, not on one that it overrides. */
    public static final String SCHEDULED = "org.springframework.scheduling.annotation.Scheduled";

    /** On a method, or on its type. */
    public static final Set<String> HANDLERS =
            Set.of("org.springframework.web.bind.annotation.RequestMapping", HTTP_EXCHANGE);

    /** On a method; on a type they make a listener of the methods with {@link #LISTENER_METHODS}. */
    public static final Set<String> LISTENERS = Set.of(
            "io.plimsoll.outbox.OutboxListener",
            "org.springframework.kafka.annotation.KafkaListener",
            "org.springframework.amqp.rabbit.annotation.RabbitListener",
            "org.springframework.data.redis.annotation.RedisListener",
            "org.springframework.jms.annotation.JmsListener",
            "org.springframework.pulsar.annotation.PulsarListener",
            "org.springframework.cloud.stream.annotation.StreamListener",
            "io.awspring.cloud.sqs.annotation.SqsListener");

    /** On a method of a type that is a listener as a whole. */
    public static final Set<String> LISTENER_METHODS = Set.of(
            "org.springframework.kafka.annotation.KafkaHandler",
            "org.springframework.amqp.rabbit.annotation.RabbitHandler",
            "io.awspring.cloud.sqs.annotation.SqsHandler");

    /** Those listeners, and methods of one, whose messages bring the id of their event to {@code @Idempotent}. */
    public static final Set<String> WITH_EVENT_ID = Set.of(
            "org.springframework.kafka.annotation.KafkaListener",
            "org.springframework.kafka.annotation.KafkaHandler",
            "org.springframework.amqp.rabbit.annotation.RabbitListener",
            "org.springframework.amqp.rabbit.annotation.RabbitHandler");

    private EntryPoints() {}
}
