package io.plimsoll.spring.idempotency;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What the integration of a message broker tells {@link io.plimsoll.idempotency.Idempotent} listeners, which cannot see the
 * headers of their message. A bean, for brokers that Plimsoll does not know. Thread-safe.
 */
public interface ListenerEvents {

    /**
     * From now on the thread works on a message.
     *
     * @param headers the value of a header as text; null if the message has none of that name. Asked until {@link #end}
     */
    void begin(Function<String, @Nullable String> headers);

    /**
     * What the bytes of a header come to: their text if they are UTF-8 and hexadecimal digits if not, so that two values that
     * are no text are never taken for one.
     */
    static String text(byte[] header) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(header))
                    .toString();
        } catch (CharacterCodingException e) {
            return "0x" + HexFormat.of().formatHex(header);
        }
    }

    /** The thread is done with its message. */
    void end();

    /**
     * Whether a message was not processed for a reason that passes: another consumer is at it, or the store does not
     * answer. It must come again, however often: whoever is at it may still fail.
     */
    boolean mustComeAgain(Throwable failure);
}
