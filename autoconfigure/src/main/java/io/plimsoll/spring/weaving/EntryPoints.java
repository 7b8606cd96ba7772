package io.plimsoll.spring.weaving;

import java.util.List;
import org.springframework.core.annotation.MergedAnnotations;

/**
 * Methods that a framework calls from outside: the only ones that a promise on a package covers.
 *
 * <p>By name, because none of these frameworks need be there. The rule MissingTimeout asks the same question in the
 * compiler.
 */
final class EntryPoints {

    private static final List<String> ANNOTATIONS = List.of(
            "org.springframework.web.bind.annotation.RequestMapping",
            "org.springframework.scheduling.annotation.Scheduled",
            "org.springframework.kafka.annotation.KafkaListener",
            "org.springframework.kafka.annotation.KafkaHandler",
            "org.springframework.amqp.rabbit.annotation.RabbitListener",
            "org.springframework.amqp.rabbit.annotation.RabbitHandler",
            "org.springframework.jms.annotation.JmsListener");

    private EntryPoints() {}

    static boolean contains(MergedAnnotations onMethod) {
        return ANNOTATIONS.stream().anyMatch(onMethod::isPresent);
    }
}
