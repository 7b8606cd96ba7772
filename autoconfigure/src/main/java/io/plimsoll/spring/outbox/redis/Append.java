package io.plimsoll.spring.outbox.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.lettuce.core.RedisFuture;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import io.plimsoll.outbox.sink.OutboxMessage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Appends events to a stream: all of them or none, as nothing but the first can fail. */
final class Append {

    /** KEYS: the stream. ARGV: how long it may be, or 0; then for each entry how many arguments it has, and those. */
    private static final byte[] SCRIPT = """
            local next = 2
            while next <= #ARGV do
              local command = {'XADD', KEYS[1]}
              if ARGV[1] ~= '0' then
                command[3] = 'MAXLEN'
                command[4] = '~'
                command[5] = ARGV[1]
              end
              command[#command + 1] = '*'
              local last = next + tonumber(ARGV[next])
              for i = next + 1, last do
                command[#command + 1] = ARGV[i]
              end
              redis.call(unpack(command))
              next = last + 1
            end
            return 1
            """.getBytes(UTF_8);

    private final String source;
    private final long maxLength;

    /**
     * @param source the application that events come from
     * @param maxLength 0 keeps all
     */
    Append(String source, long maxLength) {
        this.source = source;
        this.maxLength = maxLength;
    }

    /** @param messages of one topic */
    RedisFuture<Long> start(RedisClusterAsyncCommands<byte[], byte[]> redis, List<OutboxMessage> messages) {
        List<byte[]> arguments = new ArrayList<>();
        arguments.add(utf8(maxLength));
        for (OutboxMessage message : messages) {
            Map<String, byte[]> fields = fields(message);
            arguments.add(utf8(2 * fields.size()));
            fields.forEach((name, value) -> {
                arguments.add(utf8(name));
                arguments.add(value);
            });
        }
        byte[][] keys = {utf8(messages.get(0).topic())};
        return redis.eval(SCRIPT, ScriptOutputType.INTEGER, keys, arguments.toArray(byte[][]::new));
    }

    private Map<String, byte[]> fields(OutboxMessage message) {
        Map<String, byte[]> fields = new LinkedHashMap<>();
        message.headers().forEach((name, value) -> fields.put(name, utf8(value)));
        // After those of the publisher, whose own of the same names are not the event's.
        fields.remove("key");
        fields.put("id", utf8(message.eventId()));
        fields.put("source", utf8(source));
        fields.put("type", utf8(message.type()));
        fields.put("version", utf8(message.version()));
        fields.put("time", utf8(message.occurredAt()));
        String key = message.key();
        if (key != null) {
            fields.put("key", utf8(key));
        }
        fields.put("payload", message.payload());
        return fields;
    }

    private static byte[] utf8(Object value) {
        return value.toString().getBytes(UTF_8);
    }
}
