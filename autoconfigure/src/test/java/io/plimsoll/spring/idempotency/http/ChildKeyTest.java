package io.plimsoll.spring.idempotency.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.plimsoll.idempotency.Idempotency;
import io.plimsoll.idempotency.Idempotent;
import io.plimsoll.idempotency.Mode;
import io.plimsoll.spring.idempotency.IdempotencyAutoConfiguration;
import io.plimsoll.spring.jdbc.JdbcAutoConfiguration;
import io.plimsoll.spring.timeout.TimeoutAutoConfiguration;
import io.plimsoll.spring.timeout.http.HttpClientBudgetAutoConfiguration;
import io.plimsoll.spring.timeout.webclient.WebClientBudgetAutoConfiguration;
import io.plimsoll.spring.weaving.WeavingAutoConfiguration;
import io.plimsoll.timeout.NoTimeout;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.aop.AopAutoConfiguration;
import org.springframework.boot.http.client.autoconfigure.HttpClientAutoConfiguration;
import org.springframework.boot.http.client.autoconfigure.imperative.ImperativeHttpClientAutoConfiguration;
import org.springframework.boot.http.client.autoconfigure.reactive.ReactiveHttpClientAutoConfiguration;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.restclient.RestTemplateBuilder;
import org.springframework.boot.restclient.autoconfigure.RestClientAutoConfiguration;
import org.springframework.boot.restclient.autoconfigure.RestTemplateAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.webclient.autoconfigure.WebClientAutoConfiguration;
import org.springframework.context.ApplicationContext;
import org.springframework.http.HttpEntity;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.web.client.RestClient;
import org.springframework.web.reactive.function.client.WebClient;

/** What a server sees of a call that asks it for something. */
class ChildKeyTest {

    private final List<List<String>> keys = Collections.synchronizedList(new ArrayList<>());
    private final AtomicInteger failing = new AtomicInteger();
    private HttpServer server;

    @BeforeEach
    void listen() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            keys.add(exchange.getRequestHeaders().getOrDefault("Idempotency-Key", List.of()));
            exchange.sendResponseHeaders(failing.getAndDecrement() > 0 ? 503 : 204, -1);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private String url() {
        return "http://localhost:" + server.getAddress().getPort() + "/charges";
    }

    private ApplicationContextRunner runner() {
        return new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(
                        AopAutoConfiguration.class,
                        JacksonAutoConfiguration.class,
                        DataSourceAutoConfiguration.class,
                        DataSourceTransactionManagerAutoConfiguration.class,
                        HttpClientAutoConfiguration.class,
                        ImperativeHttpClientAutoConfiguration.class,
                        ReactiveHttpClientAutoConfiguration.class,
                        RestClientAutoConfiguration.class,
                        RestTemplateAutoConfiguration.class,
                        WebClientAutoConfiguration.class,
                        WeavingAutoConfiguration.class,
                        TimeoutAutoConfiguration.class,
                        HttpClientBudgetAutoConfiguration.class,
                        WebClientBudgetAutoConfiguration.class,
                        JdbcAutoConfiguration.class,
                        IdempotencyAutoConfiguration.class,
                        ChildKeyAutoConfiguration.class))
                .withPropertyValues("spring.datasource.url=jdbc:h2:mem:child" + System.nanoTime())
                .withBean(Till.class);
    }

    /** A call that asks for something, and then fails, so that it can be made again. */
    static class Till {

        @Idempotent(key = "#order")
        public void pay(String order, Work work) {
            work.run();
            throw new IllegalStateException("again");
        }

        @Idempotent(key = "#order", mode = Mode.LEASE)
        public void payUnderLease(String order, Work work) {
            work.run();
            throw new IllegalStateException("again");
        }
    }

    /** Not part of the payload. */
    @com.fasterxml.jackson.annotation.JsonIgnoreType
    interface Work extends Runnable {}

    /** The clients that Spring Boot builds. */
    @NoTimeout(reason = "the server of the test answers")
    enum Client {
        REST_CLIENT {
            @Override
            void post(ApplicationContext context, String url, UnaryOperator<HttpHeaders> headers) {
                context.getBean(RestClient.Builder.class)
                        .build()
                        .post()
                        .uri(url)
                        .headers(headers::apply)
                        .body("tea")
                        .retrieve()
                        .toBodilessEntity();
            }
        },
        REST_TEMPLATE {
            @Override
            void post(ApplicationContext context, String url, UnaryOperator<HttpHeaders> headers) {
                context.getBean(RestTemplateBuilder.class)
                        .build()
                        .exchange(
                                url,
                                HttpMethod.POST,
                                new HttpEntity<>("tea", headers.apply(new HttpHeaders())),
                                Void.class);
            }
        },
        WEB_CLIENT {
            @Override
            void post(ApplicationContext context, String url, UnaryOperator<HttpHeaders> headers) {
                context.getBean(WebClient.Builder.class)
                        .build()
                        .post()
                        .uri(url)
                        .headers(headers::apply)
                        .bodyValue("tea")
                        .retrieve()
                        .toBodilessEntity()
                        .block();
            }
        };

        abstract void post(ApplicationContext context, String url, UnaryOperator<HttpHeaders> headers);

        void post(ApplicationContext context, String url) {
            post(context, url, headers -> headers);
        }
    }

    private static void failing(Runnable call) {
        assertThatThrownBy(call::run).hasMessage("again");
    }

    @ParameterizedTest
    @EnumSource
    void aCallThatIsMadeAgainAsksWithTheSameKey(Client client) {
        runner().run(context -> {
            Till till = context.getBean(Till.class);
            Work charge = () -> Idempotency.asChild("charge", () -> {
                client.post(context, url());
                return null;
            });
            failing(() -> till.pay("1", charge));
            failing(() -> till.pay("1", charge));
            failing(() -> till.payUnderLease("1", charge));
            failing(() -> till.pay("2", charge));

            assertThat(keys).hasSize(4).allMatch(each -> each.size() == 1);
            assertThat(keys.get(0)).isEqualTo(keys.get(1));
            assertThat(new HashSet<>(keys)).hasSize(3);
            assertThat(keys.get(0).get(0)).matches("[A-Za-z0-9_-]{43}");
        });
    }

    @ParameterizedTest
    @EnumSource
    void aKeyThatTheApplicationHasSetStays(Client client) {
        runner().run(context -> {
            failing(() -> context.getBean(Till.class)
                    .pay(
                            "1",
                            () -> Idempotency.asChild("charge", () -> {
                                client.post(context, url(), headers -> {
                                    headers.set("Idempotency-Key", "mine");
                                    return headers;
                                });
                                return null;
                            })));
            assertThat(keys).containsExactly(List.of("mine"));
        });
    }

    @ParameterizedTest
    @EnumSource
    void whatIsNoChildCarriesNoKey(Client client) {
        runner().run(context -> {
            client.post(context, url());
            failing(() -> context.getBean(Till.class).pay("1", () -> client.post(context, url())));

            assertThat(keys).containsExactly(List.of(), List.of());
        });
    }

    @Test
    void eachThingThatIsAskedForHasAKeyOfItsOwn() {
        runner().run(context -> {
            List<String> made = new ArrayList<>();
            failing(() -> context.getBean(Till.class).pay("1", () -> {
                Function<String, String> within = name -> Idempotency.asChild(name, () -> Idempotency.childKey("a"));
                made.addAll(List.of(
                        Idempotency.childKey("a"),
                        Idempotency.childKey("b"),
                        within.apply("a"),
                        within.apply("b"),
                        Idempotency.asChild(
                                "b", () -> Idempotency.currentChildKey().orElseThrow())));
            }));
            assertThat(new HashSet<>(made)).hasSize(4);
            assertThat(made.get(4)).isEqualTo(made.get(1));
        });
    }

    @Test
    void outsideOfACallItSaysSo() {
        Stream.<org.assertj.core.api.ThrowableAssert.ThrowingCallable>of(
                        () -> Idempotency.childKey("charge"),
                        () -> Idempotency.asChild("charge", () -> null),
                        Idempotency::fencingToken)
                .forEach(call -> assertThatThrownBy(call)
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessageContaining("outside of an @Idempotent call"));
        assertThat(Idempotency.currentChildKey()).isEmpty();
    }

    @Test
    void aTransactionalCallHasNoFencingToken() {
        runner().run(context -> assertThatThrownBy(() -> context.getBean(Till.class)
                        .pay("1", () -> assertThat(Idempotency.fencingToken()).isPositive()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("Till.pay is @Idempotent in TRANSACTIONAL mode"));
    }

    /** A client repeats a request on other threads than the one of the call. */
    @Test
    void aRequestThatTheClientRepeatsKeepsItsKey() {
        failing.set(2);
        runner().run(context -> {
            WebClient client = context.getBean(WebClient.Builder.class).build();
            failing(() -> context.getBean(Till.class)
                    .pay(
                            "1",
                            () -> Idempotency.asChild("charge", () -> client.post()
                                    .uri(url())
                                    .retrieve()
                                    .toBodilessEntity()
                                    .retry(3)
                                    .block())));

            assertThat(keys).hasSize(3).allMatch(each -> each.size() == 1);
            assertThat(new HashSet<>(keys)).hasSize(1);
        });
    }

    /** However it was set: one at a time, as a default, or by a filter. */
    @Test
    void anyHeaderThatTheApplicationHasSetOnAWebClientStays() {
        runner().run(context -> {
            WebClient.Builder builder = context.getBean(WebClient.Builder.class);
            WebClient byDefault =
                    builder.clone().defaultHeader("Idempotency-Key", "default").build();
            failing(() -> context.getBean(Till.class)
                    .pay(
                            "1",
                            () -> Idempotency.asChild("charge", () -> {
                                builder.build()
                                        .post()
                                        .uri(url())
                                        .header("Idempotency-Key", "mine")
                                        .retrieve()
                                        .toBodilessEntity()
                                        .block();
                                return byDefault
                                        .post()
                                        .uri(url())
                                        .retrieve()
                                        .toBodilessEntity()
                                        .block();
                            })));

            assertThat(keys).containsExactly(List.of("mine"), List.of("default"));
        });
    }
}
