package io.plimsoll.spring.timeout.webclient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.plimsoll.spring.timeout.BudgetHeader;
import io.plimsoll.spring.timeout.Threads;
import io.plimsoll.spring.timeout.Timed;
import io.plimsoll.spring.timeout.TimeoutAutoConfiguration;
import io.plimsoll.spring.timeout.http.DripServer;
import io.plimsoll.spring.weaving.WeavingAutoConfiguration;
import io.plimsoll.timeout.NoTimeout;
import io.plimsoll.timeout.Timeout;
import io.plimsoll.timeout.TimeoutExceededException;
import java.io.IOException;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.http.client.autoconfigure.HttpClientAutoConfiguration;
import org.springframework.boot.http.client.autoconfigure.reactive.ReactiveHttpClientAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.webclient.autoconfigure.WebClientAutoConfiguration;
import org.springframework.context.ApplicationContext;
import org.springframework.web.reactive.function.client.WebClient;
import org.springframework.web.reactive.function.client.support.WebClientAdapter;
import org.springframework.web.service.annotation.GetExchange;
import org.springframework.web.service.invoker.HttpServiceProxyFactory;
import reactor.core.publisher.Mono;

/** Proof 5 of the protocol, for the client that does not block. */
class WebClientBudgetTest {

    private static final Duration SHORT = Duration.ofMillis(400);
    private static final Duration LONG = Duration.ofMinutes(1);

    /** By the value of {@code spring.http.clients.reactive.connector}. */
    enum Kind {
        REACTOR,
        JDK
    }

    private final Timed timed = new Timed(LONG);
    private final DripServer server = new DripServer();

    @AfterEach
    void stop() throws IOException {
        server.close();
        timed.close();
        assertThat(Thread.interrupted()).as("interrupt flag left behind").isFalse();
    }

    static Stream<Arguments> everything() {
        return Stream.of(Kind.values())
                .flatMap(kind -> Threads.available().flatMap(threads -> Stream.of("/silent", "/stall", "/drip")
                        .map(path -> Arguments.of(kind, threads, path))));
    }

    @ParameterizedTest
    @MethodSource("everything")
    void aThreadThatWaitsForAnExchangeIsCutWithIt(Kind kind, Threads threads, String path) {
        run(kind, context -> {
            WebClient client = context.getBean(WebClient.Builder.class).build();
            threads.run(1, () -> {
                assertThatThrownBy(
                                () -> timed.call(SHORT, () -> get(client, path).block()))
                        .isInstanceOfSatisfying(TimeoutExceededException.class, e -> named(e, "Test.400"));
                assertThat(Thread.currentThread().isInterrupted()).isFalse();
                assertThat(timed.call(LONG, () -> get(client, "/").block())).isEqualTo("hello");
                return null;
            });
            assertHungUp(kind, path);
        });
    }

    @ParameterizedTest
    @MethodSource("everything")
    void anExchangeInATimedMonoEndsWithIt(Kind kind, Threads threads, String path) {
        run(kind, context -> {
            Caller caller = context.getBean(Caller.class);
            threads.run(1, () -> {
                assertThatThrownBy(() -> caller.get(server.url() + path).block(LONG))
                        .isInstanceOfSatisfying(
                                TimeoutExceededException.class, e -> named(e, Caller.class.getName() + ".get"));
                assertThat(caller.get(server.url() + "/").block()).isEqualTo("hello");
                return null;
            });
            assertHungUp(kind, path);
        });
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void codeThatMustNotBeInterruptedIsCutThroughTheExchange(Kind kind) {
        run(kind, context -> {
            WebClient client = context.getBean(WebClient.Builder.class).build();

            assertThatThrownBy(() -> timed.callUninterrupted(
                            SHORT, () -> get(client, "/drip").block()))
                    .isInstanceOfSatisfying(TimeoutExceededException.class, e -> named(e, "Test.400"));
        });
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void interfacesAreCoveredAsWell(Kind kind) {
        run(kind, context -> {
            Drip drip = HttpServiceProxyFactory.builderFor(
                            WebClientAdapter.create(context.getBean(WebClient.Builder.class)
                                    .baseUrl(server.url())
                                    .build()))
                    .build()
                    .createClient(Drip.class);

            assertThatThrownBy(() -> timed.call(SHORT, drip::drip))
                    .isInstanceOfSatisfying(TimeoutExceededException.class, e -> named(e, "Test.400"));
        });
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void theNextServiceIsToldWhatIsLeft(Kind kind) {
        BudgetHeader header = (target, terms, headers) ->
                headers.set(BudgetHeader.NAME, String.valueOf(terms.remainingNanos() / 1_000_000));
        application(kind).withBean(BudgetHeader.class, () -> header).run(context -> {
            WebClient client = context.getBean(WebClient.Builder.class).build();

            get(client, "/").block();
            timed.call(LONG, () -> get(client, "/").block());
            context.getBean(Caller.class).get(server.url() + "/").block();

            assertThat(server.budgets().get(0)).isEmpty();
            assertThat(Integer.parseInt(server.budgets().get(1))).isBetween(1, 60_000);
            assertThat(Integer.parseInt(server.budgets().get(2))).isBetween(1, 400);
        });
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void bodiesInTimeAreWhole(Kind kind) {
        run(kind, context -> {
            WebClient client = context.getBean(WebClient.Builder.class)
                    .codecs(codecs -> codecs.defaultCodecs().maxInMemorySize(2 * DripServer.LARGE))
                    .build();

            byte[] body = timed.call(LONG, () -> client.get()
                    .uri(server.url() + "/large")
                    .retrieve()
                    .bodyToMono(byte[].class)
                    .block());
            assertThat(body).hasSize(DripServer.LARGE);
        });
    }

    /** The JDK's client lets go of a body without closing its connection. */
    private void assertHungUp(Kind kind, String path) {
        if (kind == Kind.REACTOR || path.equals("/silent")) {
            await().untilAsserted(() -> assertThat(server.hungUp())
                    .as("the client has closed the connection")
                    .isEqualTo(1));
        }
    }

    private void named(TimeoutExceededException e, String method) {
        assertThat(e.kind()).isEqualTo("http");
        assertThat(e.activity()).isEqualTo("an HTTP call to localhost:" + server.port());
        assertThat(e.method()).isEqualTo(method);
        assertThat(e.elapsed()).isLessThan(Duration.ofSeconds(20));
    }

    private Mono<String> get(WebClient client, String path) {
        return client.get().uri(server.url() + path).retrieve().bodyToMono(String.class);
    }

    private static ApplicationContextRunner application(Kind kind) {
        return new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(
                        WeavingAutoConfiguration.class,
                        TimeoutAutoConfiguration.class,
                        HttpClientAutoConfiguration.class,
                        ReactiveHttpClientAutoConfiguration.class,
                        WebClientAutoConfiguration.class,
                        WebClientBudgetAutoConfiguration.class))
                .withBean(Caller.class)
                .withPropertyValues("spring.http.clients.reactive.connector=" + kind);
    }

    private static void run(Kind kind, Work work) {
        application(kind).run(context -> work.run(context));
    }

    private interface Work {

        void run(ApplicationContext context) throws Exception;
    }

    static class Caller {

        private final WebClient client;

        Caller(WebClient.Builder builder) {
            this.client = builder.build();
        }

        @Timeout("400ms")
        public Mono<String> get(String uri) {
            return client.get().uri(uri).retrieve().bodyToMono(String.class);
        }
    }

    @NoTimeout(reason = "the budget of the test is around it")
    interface Drip {

        @GetExchange("/drip")
        String drip();
    }
}
