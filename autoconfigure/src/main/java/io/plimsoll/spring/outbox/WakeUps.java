package io.plimsoll.spring.outbox;

import java.util.Set;
import java.util.function.Consumer;

/** Tells other instances that there is something to read. Nothing depends on it: it saves them the time until they look. */
interface WakeUps {

    /** Nobody is told. */
    WakeUps NONE = new WakeUps() {
        @Override
        public void start(Consumer<Set<Integer>> woken) {}

        @Override
        public void tell(Set<Integer> buckets) {}

        @Override
        public void stop() {}
    };

    /** @param woken told of buckets that others have written to; of none if that may be any */
    void start(Consumer<Set<Integer>> woken);

    /** Does not wait until they are told. */
    void tell(Set<Integer> buckets);

    void stop();
}
