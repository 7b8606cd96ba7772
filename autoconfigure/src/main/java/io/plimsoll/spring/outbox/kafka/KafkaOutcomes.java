package io.plimsoll.spring.outbox.kafka;

import io.plimsoll.spring.outbox.waves.Waves.Outcome;
import java.util.List;
import org.apache.kafka.common.InvalidRecordException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.ClusterAuthorizationException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** What a failure of the producer says: of the message, or of the broker. */
final class KafkaOutcomes {

    private static final List<Class<? extends Exception>> OF_THE_MESSAGE = List.of(
            RecordTooLargeException.class,
            SerializationException.class,
            InvalidTopicException.class,
            InvalidRecordException.class);

    /** A timeout is a RetriableException. The last is that of a producer that was closed. */
    private static final List<Class<? extends Exception>> OF_THE_BROKER = List.of(
            RetriableException.class,
            AuthenticationException.class,
            ClusterAuthorizationException.class,
            InterruptException.class,
            IllegalStateException.class);

    private KafkaOutcomes() {}

    /** Thrown by a producer that has come to its end: whatever it is given next, it throws it again. */
    static boolean isOfTheProducer(RuntimeException failure) {
        return failure instanceof IllegalStateException || failure.getClass() == KafkaException.class;
    }

    /** Names of classes only: the texts of some exceptions have the record in them. */
    static Outcome of(Throwable failure) {
        String why = failure.getClass().getSimpleName();
        if (isUnknownTopic(failure)) {
            return Outcome.failed("the broker has no such topic");
        }
        if (OF_THE_MESSAGE.stream().anyMatch(each -> each.isInstance(failure))) {
            return Outcome.rejected(why);
        }
        if (failure.getClass() == KafkaException.class
                || OF_THE_BROKER.stream().anyMatch(each -> each.isInstance(failure))) {
            return Outcome.unavailable(why);
        }
        return Outcome.failed(why);
    }

    /** The broker is there and says so; the producer calls it a timeout, as it has waited for the topic to come. */
    static boolean isUnknownTopic(Throwable failure) {
        return failure instanceof UnknownTopicOrPartitionException
                || failure.getCause() instanceof UnknownTopicOrPartitionException;
    }
}
