package io.plimsoll.processor.model;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

/** Keeps what several rules ask for, so that it is worked out once. Not thread-safe; valid for one round. */
public final class Memo {

    private final Map<Object, Object> known = new HashMap<>();

    /**
     * What is known of something, worked out if it is not.
     *
     * @param key a record that only the caller can make, so that no two kinds of answers are mixed up
     */
    @SuppressWarnings("unchecked") // The key says what the answer is.
    public <T> T get(Record key, Supplier<T> answer) {
        Object found = known.get(key);
        if (found == null) {
            found = answer.get();
            known.put(key, found);
        }
        return (T) found;
    }
}
