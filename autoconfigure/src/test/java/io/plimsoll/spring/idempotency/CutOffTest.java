package io.plimsoll.spring.idempotency;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.handler.timeout.ReadTimeoutException;
import io.plimsoll.idempotency.OutcomeUnknownException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.ClosedByInterruptException;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.dao.QueryTimeoutException;
import reactor.core.publisher.Mono;

/** After which failures somebody may still be at work. */
class CutOffTest {

    static Stream<Throwable> cutOffs() {
        return Stream.of(
                new InterruptedException(),
                new SocketTimeoutException("Read timed out"),
                new ClosedByInterruptException(),
                new SocketException("Closed by interrupt"),
                new SocketException("Connection reset"),
                new HttpTimeoutException("request timed out"),
                new TimeoutException(),
                new SQLTimeoutException(),
                new QueryTimeoutException("Redis command timed out"),
                new OutcomeUnknownException("Orders.place"),
                ReadTimeoutException.INSTANCE,
                new org.apache.kafka.common.errors.TimeoutException("no answer"),
                new jakarta.persistence.QueryTimeoutException("no answer"),
                failureOf(() -> Mono.never().block(Duration.ofMillis(1))));
    }

    private static Throwable failureOf(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException e) {
            return e;
        }
        throw new AssertionError("It did not fail");
    }

    @ParameterizedTest
    @MethodSource("cutOffs")
    void itIsFoundUnderWhateverItIsWrappedIn(Throwable cutOff) {
        assertThat(CutOff.isIn(cutOff)).isTrue();
        assertThat(CutOff.isIn(new IllegalStateException("payment", new IOException(cutOff))))
                .isTrue();
    }

    static Stream<Throwable> answers() {
        return Stream.of(
                new IllegalArgumentException("no such order"),
                new UncheckedIOException(new FileNotFoundException("orders.csv")),
                new SQLException("duplicate key", "23505"),
                new IllegalStateException(new ConnectException("Connection refused")),
                new IllegalStateException(new NoRouteToHostException()),
                new IllegalStateException(new UnknownHostException("bank.example")));
    }

    /** Nobody was asked, or somebody has answered. */
    @ParameterizedTest
    @MethodSource("answers")
    void otherFailuresAreNone(Throwable failure) {
        assertThat(CutOff.isIn(failure)).isFalse();
    }

    @Test
    void aThreadThatIsInterruptedAndTellsItInItsOwnWordsIsCutOff() {
        Thread.currentThread().interrupt();
        try {
            assertThat(CutOff.isIn(new IllegalStateException("not paid"))).isTrue();
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    @Test
    void aRingOfCausesHasAnEnd() {
        IllegalStateException first = new IllegalStateException("first");
        first.initCause(new IllegalStateException("second", first));

        assertThat(CutOff.isIn(first)).isFalse();
    }
}
