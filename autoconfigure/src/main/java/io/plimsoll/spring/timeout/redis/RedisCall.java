package io.plimsoll.spring.timeout.redis;

import io.lettuce.core.protocol.RedisCommand;
import io.plimsoll.spring.timeout.CancelHandle;

/**
 * A command that Lettuce's threads work on. Cancelled, it wakes whoever waits for it; its reply, if one comes, is read and
 * dropped in its turn, so that it can reach no other command of the shared connection.
 */
record RedisCall(RedisCommand<?, ?, ?> command) implements CancelHandle {

    @Override
    public void cancel() {
        command.cancel();
    }

    @Override
    public String kind() {
        return "redis";
    }

    /** Never its arguments. */
    @Override
    public String activity() {
        return "the Redis command " + command.getType();
    }
}
