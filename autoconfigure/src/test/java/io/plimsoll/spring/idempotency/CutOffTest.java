package io.plimsoll.spring.idempotency;

import static org.assertj.core.api.Assertions.assertThat;

import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisException;
import io.netty.handler.timeout.ReadTimeoutException;
import io.plimsoll.idempotency.OutcomeUnknownException;
import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.ClosedByInterruptException;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.BufferExhaustedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.client.HttpServerErrorException;
import org.springframework.web.reactive.function.client.WebClientResponseException;
import org.springframework.web.server.ResponseStatusException;
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
                new EOFException("EOF reached while reading"),
                new CancellationException(),
                new RedisException("Connection closed"),
                new ResponseStatusException(HttpStatus.GATEWAY_TIMEOUT),
                HttpServerErrorException.create(
                        HttpStatus.BAD_GATEWAY, "no answer", new HttpHeaders(), new byte[0], null),
                WebClientResponseException.create(504, "no answer", new HttpHeaders(), new byte[0], null),
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
                new SocketException("Too many open files"),
                new HttpConnectTimeoutException("connect"),
                new BufferExhaustedException("no room"),
                new RedisCommandExecutionException("WRONGTYPE"),
                new ResponseStatusException(HttpStatus.CONFLICT),
                new ResponseStatusException(HttpStatus.INTERNAL_SERVER_ERROR),
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
