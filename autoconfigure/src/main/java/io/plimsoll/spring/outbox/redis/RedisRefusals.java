package io.plimsoll.spring.outbox.redis;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What an error of Redis is about. Its text is not passed on: a code is enough, and has nothing of an event in it. */
final class RedisRefusals {

    /** As a whole it does not take anything now. */
    private static final Set<String> OF_THE_SERVER = Set.of(
            "LOADING",
            "READONLY",
            "MASTERDOWN",
            "OOM",
            "CLUSTERDOWN",
            "NOAUTH",
            "WRONGPASS",
            "NOREPLICAS",
            "MISCONF",
            "BUSY",
            "TRYAGAIN");

    private RedisRefusals() {}

    /** The code of an error of the server as a whole; null if it is one of the stream or of the entry. */
    static @Nullable String ofTheServer(String text) {
        for (String word : text.split("[^A-Z]+", -1)) {
            if (OF_THE_SERVER.contains(word)) {
                return word;
            }
        }
        return null;
    }
}
