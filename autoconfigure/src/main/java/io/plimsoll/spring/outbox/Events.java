package io.plimsoll.spring.outbox;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a method has returned, as events. */
final class Events {

    private Events() {}

    /** None for null and an empty optional, each of several, and else the one. */
    static List<Object> of(@Nullable Object result) {
        if (result instanceof Optional<?> optional) {
            return of(optional.orElse(null));
        }
        List<Object> events = new ArrayList<>();
        if (result instanceof Iterable<?> several) {
            several.forEach(each -> events.addAll(of(each)));
        } else if (result instanceof Object[] several) {
            Arrays.stream(several).filter(Objects::nonNull).forEach(events::add);
        } else if (result != null) {
            events.add(result);
        }
        return events;
    }
}
