package io.plimsoll.spring.idempotency;

import java.lang.reflect.Method;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.util.ClassUtils;
import org.springframework.util.ReflectionUtils;

/**
 * What of an argument its calls are compared by: of a message what is in it, of the means by which it came nothing. By name, as
 * no broker need be there. Thread-safe.
 */
final class Contents {

    private static final Map<String, String> ENVELOPES = Map.of(
            "org.apache.kafka.clients.consumer.ConsumerRecord", "value",
            "org.springframework.amqp.core.Message", "getBody",
            "org.springframework.messaging.Message", "getPayload");

    private static final Set<String> MEANS = Set.of(
            "com.rabbitmq.client.Channel",
            "jakarta.servlet.ServletRequest",
            "jakarta.servlet.ServletResponse",
            "jakarta.servlet.http.HttpSession",
            "org.apache.kafka.clients.consumer.Consumer",
            "org.springframework.kafka.support.Acknowledgment",
            "org.springframework.messaging.MessageHeaders",
            "org.springframework.validation.Errors",
            "org.springframework.web.bind.support.SessionStatus",
            "org.springframework.web.context.request.WebRequest",
            "org.springframework.web.util.UriComponentsBuilder");

    private static final ClassValue<Kind> KINDS = new ClassValue<>() {
        @Override
        protected Kind computeValue(Class<?> type) {
            return kind(type);
        }
    };

    private Contents() {}

    /** @param opened what is in it; null for what is compared as it is */
    private record Kind(boolean means, @Nullable Method opened) {}

    static @Nullable Object of(@Nullable Object argument) {
        if (argument == null) {
            return null;
        }
        Kind kind = KINDS.get(argument.getClass());
        if (kind.means()) {
            return null;
        }
        return kind.opened() == null ? argument : ReflectionUtils.invokeMethod(kind.opened(), argument);
    }

    private static Kind kind(Class<?> type) {
        for (Class<?> each = type; each != null; each = each.getSuperclass()) {
            Kind known = known(each);
            if (known != null) {
                return known;
            }
        }
        for (Class<?> each : ClassUtils.getAllInterfacesForClassAsSet(type)) {
            Kind known = inherited(each);
            if (known != null) {
                return known;
            }
        }
        return new Kind(false, null);
    }

    private static @Nullable Kind inherited(Class<?> type) {
        Kind known = known(type);
        for (Class<?> each : type.getInterfaces()) {
            known = known == null ? inherited(each) : known;
        }
        return known;
    }

    private static @Nullable Kind known(Class<?> type) {
        if (MEANS.contains(type.getName())) {
            return new Kind(true, null);
        }
        String method = ENVELOPES.get(type.getName());
        return method == null ? null : new Kind(false, ReflectionUtils.findMethod(type, method));
    }
}
