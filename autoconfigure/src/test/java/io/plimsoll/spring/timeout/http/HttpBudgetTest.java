package io.plimsoll.spring.timeout.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.plimsoll.spring.timeout.BudgetHeader;
import io.plimsoll.spring.timeout.Threads;
import io.plimsoll.spring.timeout.Timed;
import io.plimsoll.timeout.NoTimeout;
import io.plimsoll.timeout.TimeoutExceededException;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.http.client.autoconfigure.HttpClientAutoConfiguration;
import org.springframework.boot.http.client.autoconfigure.imperative.ImperativeHttpClientAutoConfiguration;
import org.springframework.boot.restclient.RestTemplateBuilder;
import org.springframework.boot.restclient.autoconfigure.RestClientAutoConfiguration;
import org.springframework.boot.restclient.autoconfigure.RestTemplateAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.http.StreamingHttpOutputMessage;
import org.springframework.http.client.SimpleClientHttpRequestFactory;
import org.springframework.util.StreamUtils;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestTemplate;
import org.springframework.web.client.support.RestClientAdapter;
import org.springframework.web.service.annotation.GetExchange;
import org.springframework.web.service.invoker.HttpServiceProxyFactory;

/** Proof 5 of the protocol: whatever the server does, an exchange ends with the budget. */
class HttpBudgetTest {

    private static final Duration SHORT = Duration.ofMillis(400);
    private static final Duration LONG = Duration.ofMinutes(1);

    /** The clients that Spring Boot can build, by the value of {@code spring.http.clients.imperative.factory}. */
    enum Kind {
        JDK,
        HTTP_COMPONENTS,
        JETTY,
        REACTOR,
        SIMPLE
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
    void anExchangeEndsWithTheBudgetAndTheNextOneWorks(Kind kind, Threads threads, String path) {
        run(kind, context -> {
            RestClient client = context.getBean(RestClient.Builder.class).build();
            threads.run(1, () -> {
                assertCut(SHORT, () -> get(client, path));
                assertThat(Thread.currentThread().isInterrupted()).isFalse();
                assertThat(timed.call(LONG, () -> get(client, "/"))).isEqualTo("hello");
                return null;
            });
            await().untilAsserted(() -> assertThat(server.hungUp())
                    .as("the client has closed the connection")
                    .isEqualTo(1));
        });
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void aBodyThatNobodyReadsIsNotWrittenForEver(Kind kind) {
        run(kind, context -> {
            RestClient client = context.getBean(RestClient.Builder.class).build();

            assertCut(SHORT, () -> client.post()
                    .uri(server.url() + "/unread")
                    .body((StreamingHttpOutputMessage.Body) out -> {
                        for (int i = 0; i < 64; i++) {
                            out.write(new byte[1 << 20]);
                        }
                    })
                    .retrieve()
                    .toBodilessEntity());

            assertThat(timed.call(LONG, () -> get(client, "/"))).isEqualTo("hello");
        });
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void manyCutsLeaveNoConnectionTaken(Kind kind) {
        run(kind, context -> {
            RestClient client = context.getBean(RestClient.Builder.class).build();
            // More than the pools of HttpComponents (5 per route) and Jetty hold.
            Threads.PLATFORM.run(8, () -> {
                for (String path : List.of("/silent", "/stall", "/drip")) {
                    assertCut(Duration.ofMillis(200), () -> get(client, path));
                }
                return null;
            });

            assertThat(timed.call(LONG, () -> get(client, "/"))).isEqualTo("hello");
            // Not more than the last exchange's: those that were cut are closed. Some never got one out of the pool.
            await().untilAsserted(() -> assertThat(server.openConnections()).isLessThanOrEqualTo(1));
        });
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void exchangesInTimeAreWholeAndKeepTheirConnection(Kind kind) {
        run(kind, context -> {
            RestClient client = context.getBean(RestClient.Builder.class).build();
            Callable<Object> exchanges = () -> {
                byte[] large =
                        client.get().uri(server.url() + "/large").retrieve().body(byte[].class);
                assertThat(large).hasSize(DripServer.LARGE);
                for (int i = 0; i < large.length; i++) {
                    if (large[i] != (byte) (i % 251)) {
                        throw new AssertionError("wrong byte at " + i);
                    }
                }
                assertThat(post(client)).isEqualTo("3145728");
                assertThat(get(client, "/")).isEqualTo("hello");
                return null;
            };

            exchanges.call();
            timed.call(LONG, exchanges);

            // Six exchanges. A client that gives a connection back on another thread may open a second one meanwhile.
            assertThat(server.connections()).isLessThanOrEqualTo(3);
        });
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void templatesAndInterfacesAreCoveredAsWell(Kind kind) {
        run(kind, context -> {
            RestTemplate template = context.getBean(RestTemplateBuilder.class).build();
            Drip drip = HttpServiceProxyFactory.builderFor(
                            RestClientAdapter.create(context.getBean(RestClient.Builder.class)
                                    .baseUrl(server.url())
                                    .build()))
                    .build()
                    .createClient(Drip.class);

            assertCut(SHORT, () -> template.getForObject(server.url() + "/drip", String.class));
            assertCut(SHORT, drip::drip);
        });
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void theCallersBudgetIsNamed(Kind kind) {
        run(kind, context -> {
            RestClient client = context.getBean(RestClient.Builder.class).build();

            assertThatThrownBy(() -> timed.call(SHORT, () -> timed.call(LONG, () -> get(client, "/drip"))))
                    .isInstanceOfSatisfying(TimeoutExceededException.class, e -> assertThat(e.method())
                            .isEqualTo("Test.400"));
        });
    }

    /** Clients read what is left when a body is closed, to use the connection again. */
    @ParameterizedTest
    @EnumSource(Kind.class)
    void aBodyThatIsClosedEarlyIsNotReadForEver(Kind kind) {
        run(kind, context -> {
            RestClient client = context.getBean(RestClient.Builder.class).build();

            assertThatThrownBy(() -> timed.call(SHORT, () -> {
                        client.get().uri(server.url() + "/drip").exchange((request, response) -> {
                            try (InputStream body = response.getBody()) {
                                return body.read();
                            }
                        });
                        return Timed.forever();
                    }))
                    .isInstanceOfSatisfying(TimeoutExceededException.class, e -> assertThat(e.elapsed())
                            .isLessThan(LONG));
        });
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void aBodyThatIsHandedOutIsReadWithoutTheBudget(Kind kind) {
        run(kind, context -> {
            RestClient client = context.getBean(RestClient.Builder.class).build();

            InputStream body = timed.call(SHORT, () -> client.get()
                    .uri(server.url() + "/large")
                    .exchange((request, response) -> response.getBody(), false));

            Timed.burn(SHORT);
            assertThat(StreamUtils.drain(body)).isEqualTo(DripServer.LARGE);
        });
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void theNextServiceIsToldWhatIsLeft(Kind kind) {
        BudgetHeader header = (target, terms, headers) ->
                headers.set(BudgetHeader.NAME, target.getPath() + terms.remainingNanos() / 1_000_000);
        application(kind).withBean(BudgetHeader.class, () -> header).run(context -> {
            RestClient client = context.getBean(RestClient.Builder.class).build();

            get(client, "/");
            timed.call(LONG, () -> get(client, "/"));

            assertThat(server.budgets().get(0)).isEmpty();
            assertThat(Integer.parseInt(server.budgets().get(1).substring(1))).isBetween(1, 60_000);
        });
    }

    /** Given to the builder by hand, it does not come from Boot's. */
    @ParameterizedTest
    @EnumSource(Threads.class)
    void aTemplateWithAFactoryOfItsOwnIsCovered(Threads threads) {
        run(Kind.JDK, context -> {
            RestTemplate template = context.getBean(RestTemplateBuilder.class)
                    .requestFactory(SimpleClientHttpRequestFactory.class)
                    .interceptors((request, body, execution) -> execution.execute(request, body))
                    .build();

            assertCut(SHORT, () -> template.getForObject(server.url() + "/drip", String.class));
            assertThat(template.getInterceptors()).hasSize(1);
        });
    }

    private void assertCut(Duration budget, Callable<?> exchange) {
        assertThatThrownBy(() -> timed.call(budget, exchange))
                .isInstanceOfSatisfying(TimeoutExceededException.class, e -> {
                    assertThat(e.kind()).isEqualTo("http");
                    assertThat(e.activity()).isEqualTo("an HTTP call to localhost:" + server.port());
                    assertThat(e.elapsed()).isBetween(budget, Duration.ofSeconds(20));
                });
    }

    private String get(RestClient client, String path) {
        return client.get().uri(server.url() + path).retrieve().body(String.class);
    }

    private String post(RestClient client) {
        return client.post()
                .uri(server.url() + "/count")
                .body((StreamingHttpOutputMessage.Body) out -> {
                    for (int i = 0; i < 3; i++) {
                        out.write(new byte[1 << 20]);
                    }
                })
                .retrieve()
                .body(String.class);
    }

    private static ApplicationContextRunner application(Kind kind) {
        return new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(
                        HttpClientAutoConfiguration.class,
                        ImperativeHttpClientAutoConfiguration.class,
                        RestClientAutoConfiguration.class,
                        RestTemplateAutoConfiguration.class,
                        HttpClientBudgetAutoConfiguration.class))
                .withPropertyValues("spring.http.clients.imperative.factory=" + kind);
    }

    private static void run(Kind kind, Work work) {
        application(kind).run(context -> work.run(context));
    }

    private interface Work {

        void run(ApplicationContext context) throws Exception;
    }

    @NoTimeout(reason = "the budget of the test is around it")
    interface Drip {

        @GetExchange("/drip")
        String drip();
    }
}
