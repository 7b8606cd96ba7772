package io.plimsoll.processor.transaction;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.processor.Javac;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RemoteCallInTransactionTest {

    private static final String RULE = "error RemoteCallInTransaction";

    private static final String IMPORTS = """
            package com.acme;
            import io.plimsoll.idempotency.*;
            import java.net.*;
            import java.net.http.*;
            import java.util.*;
            import java.util.concurrent.*;
            import java.util.stream.*;
            import org.springframework.amqp.core.AmqpTemplate;
            import org.springframework.amqp.rabbit.core.*;
            import org.springframework.jms.core.*;
            import org.springframework.kafka.core.KafkaTemplate;
            import org.springframework.transaction.annotation.*;
            import org.springframework.transaction.support.*;
            import org.springframework.web.client.*;
            import org.springframework.web.reactive.function.client.WebClient;
            import org.springframework.web.service.annotation.*;
            """;

    private static List<String> findings(String source) {
        return Libraries.findings(IMPORTS + source);
    }

    private static void assertMarked(String source) {
        Libraries.assertMarked(RULE, IMPORTS + source);
    }

    @Test
    void aCallIsShownAtTheNameOfItsMethod() {
        Javac.Result result = Javac.compile(IMPORTS + """
                class Orders {
                    RestTemplate rest;
                    @Transactional
                    public void place(String order) {
                        rest.postForObject("/payments", order, String.class);
                    }
                }
                """);

        assertThat(result.findings()).containsExactly(RULE + " 21:13");
        assertThat(result.messages())
                .containsExactly("[RemoteCallInTransaction] RestTemplate.postForObject is called while the transaction"
                        + " of Orders.place is open. The database connection and every locked row are held for as long"
                        + " as the other service takes, and a rollback does not undo the call. Fix: call it before or"
                        + " after: take the transaction off place and put @Transactional on a method of another bean"
                        + " that holds the database work alone. See:"
                        + " https://github.com/plimsoll/plimsoll/blob/main/docs/rules/RemoteCallInTransaction.md");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "void x(RestTemplate r) { r^.getForObject(\"/\", String.class); }",
                "void x(RestTemplate r) { r^.exchange(null, String.class); }",
                "void x(RestOperations r) { r^.delete(\"/\"); }",
                "void x(Mine r) { r^.put(\"/\", null); }",
                "void x(RestClient r) { r.get().uri(\"/\").retrieve()^.body(String.class); }",
                "void x(RestClient r) { r.post().body(\"a\").retrieve()^.toBodilessEntity(); }",
                "void x(RestClient r) { r.get()^.exchange((q, s) -> s); }",
                "void x(RestClient r) { var s = r.get().retrieve(); s^.toEntity(String.class); }",
                "void x(WebClient w) { w.get().retrieve().bodyToMono(String.class)^.block(); }",
                "void x(WebClient w) { w.get().retrieve().bodyToFlux(String.class).map(a -> a)^.blockLast(); }",
                "void x(WebClient w) { w.get().exchangeToMono(r -> r.toEntity(String.class))^.block(); }",
                "void x(HttpClient h) throws Exception { h^.send(null, null); }",
                "void x(HttpClient h) throws Exception { h.sendAsync(null, null)^.get(); }",
                "void x(HttpClient h) throws Exception { h.sendAsync(null, null).thenApply(r -> r)^.join(); }",
                "void x() throws Exception { ^new Socket(\"host\", 25); }",
                "void x(InetAddress host) throws Exception { ^new Socket(host, 25); }",
                "void x(Socket s) throws Exception { s^.connect(null); s^.connect(null, 5); }",
                "void x(URL u) throws Exception { var c = (HttpURLConnection) u^.openConnection(); }",
                "void x(URL u) throws Exception { var c = (javax.net.ssl.HttpsURLConnection) (u^.openConnection()); }",
                "void x(PaymentGrpc.PaymentBlockingStub s) { s^.charge(\"\"); }",
                "void x(PaymentGrpc.PaymentBlockingStub s) { s.withWaitForReady()^.charge(\"\"); }",
                "void x(org.springframework.mail.javamail.JavaMailSender m) { m^.send(); }",
                "void x() { jakarta.mail.Transport^.send(null); javax.mail.Transport^.send(null); }",
                "void x(okhttp3.Call c, retrofit2.Call<String> d) { c^.execute(); d^.execute(); }",
                "void x(org.apache.http.client.HttpClient c) { c^.execute(null); }",
                "void x() { org.apache.http.client.fluent.Request.Get(\"/\")^.execute(); }",
                "void x(org.apache.hc.client5.http.classic.HttpClient c) { c^.execute(null); c^.executeOpen(1, 2, 3); }",
                "void x(org.apache.hc.client5.http.fluent.Request c) { c^.execute(); }",
                "void x(org.apache.commons.httpclient.HttpClient c) { c^.executeMethod(null); }",
                "void x(org.springframework.ws.client.core.WebServiceOperations c) { c^.marshalSendAndReceive(null); }",
                "void x(jakarta.ws.rs.client.SyncInvoker c, javax.ws.rs.client.SyncInvoker d) { c^.post(1); d^.get(); }",
                "void x(AmqpTemplate a) { a^.sendAndReceive(null); a^.convertSendAndReceive(null); }",
                "void x(RabbitTemplate r) { r^.convertSendAndReceiveAsType(\"q\", null); }",
                "void x(RabbitMessagingTemplate r) { r^.convertSendAndReceive(\"q\", \"a\", String.class); }",
                "void x(JmsTemplate j) { j^.sendAndReceive(\"q\", s -> null); }",
                "void x(JmsMessagingTemplate j) { j^.sendAndReceive(\"q\", null); }",
                "void x(JmsClient j) { j.destination(\"q\")^.sendAndReceive(null); }",
                "void x(org.apache.rocketmq.spring.core.RocketMQTemplate r) { r^.sendAndReceive(\"q\", 1); }",
            })
    void everyCallThatWaits(String member) {
        assertMarked("class Orders { @Transactional public " + member + " class Mine extends RestTemplate {} }");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "@org.springframework.cloud.openfeign.FeignClient(name = \"p\") @io.plimsoll.timeout.Timeout(\"1s\") interface Payments extends Api {"
                        + " String charge(); }",
                "@io.plimsoll.timeout.Timeout(\"1s\") interface Payments { @PostExchange(\"/charges\") String charge(); }",
            })
    void declaredClientsCallToo(String client) {
        assertMarked("class Orders { Payments payments; @Transactional public void x() { payments^.charge(); } } "
                + client + " interface Api { String refund(); }");
    }

    @Test
    void anInheritedMethodOfAFeignClientIsACallButNotADefaultMethodOrAPublisher() {
        assertMarked("""
                class Orders {
                    @Transactional public void x(Payments payments) {
                        payments^.refund();
                        payments.local();
                        payments.later();
                        ((Api) payments).refund();
                    }
                }
                interface Api { String refund(); }
                @org.springframework.cloud.openfeign.FeignClient(name = "p")
                @io.plimsoll.timeout.Timeout("1s")
                interface Payments extends Api {
                    default void local() {}
                    @io.plimsoll.timeout.NoTimeout(reason = "is called by nobody") CompletableFuture<String> later();
                }
                """);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "class Orders { @Transactional public void x() { CALL } }",
                "class Orders { @Transactional void x() { CALL } }",
                "class Orders { @Transactional protected void x() { CALL } }",
                "@Transactional class Orders { public void x() { CALL } }",
                "class Outer { @Transactional static class Orders { public void x() { CALL } } }",
                "abstract class Orders { @Transactional public void x() { CALL } }",
                "class Orders { @Transactional(readOnly = true) public void x() { CALL } }",
                "class Orders { @Transactional(propagation = Propagation.REQUIRES_NEW) public void x() { CALL } }",
                "class Orders { @Transactional(propagation = Propagation.MANDATORY) public void x() { CALL } }",
                "class Orders { @Transactional(\"ordersTransactionManager\") public void x() { CALL } }",
                "class Orders { @jakarta.transaction.Transactional public void x() { CALL } }",
                "class Orders { @InOne public void x() { CALL } }"
                        + " @Transactional @java.lang.annotation.Retention("
                        + "java.lang.annotation.RetentionPolicy.RUNTIME) @interface InOne {}",
                "class Orders implements Api { public void x() { CALL } } interface Api { @Transactional void x(); }",
                "@Transactional abstract class Base {} class Orders extends Base { public void x() { CALL } }",
                "class Orders { @Idempotent(key = \"#id\", mode = Mode.TRANSACTIONAL) public void x(long id) { CALL } }",
                "class Orders implements Api { public void x(long id) { CALL } } interface Api {"
                        + " @Idempotent(key = \"#id\", mode = Mode.TRANSACTIONAL) void x(long id); }",
                "class Orders { @Transactional public void x() { try { if (true) { CALL } } finally { } } }",
                "class Orders { void x(TransactionTemplate t) { t.execute(s -> { CALL return 1; }); } }",
                "class Orders { void x(TransactionOperations t) { t.executeWithoutResult(s -> { CALL }); } }",
                "class Orders { void x(TransactionTemplate t) { t.execute(new TransactionCallback<String>() {"
                        + " public String doInTransaction(org.springframework.transaction.TransactionStatus s)"
                        + " { CALL return \"\"; } }); } }",
                "class Orders { @SuppressWarnings(\"deprecation\") void x(TransactionTemplate t) { t.execute(new TransactionCallbackWithoutResult() {"
                        + " protected void doInTransactionWithoutResult("
                        + "org.springframework.transaction.TransactionStatus s) { CALL } }); } }",
            })
    void everywhereATransactionIsCertainlyOpen(String source) {
        assertMarked(
                "class Rest { static RestTemplate rest; }\n" + source.replace("CALL", "Rest.rest^.delete(\"/\");"));
    }

    @Test
    void aTransactionOfATemplateIsLeftOtherwise() {
        assertThat(Javac.compile(IMPORTS + "class Orders { void x(TransactionTemplate t, RestTemplate r) {"
                                + " t.executeWithoutResult(s -> r.delete(\"/\")); } }")
                        .messages())
                .singleElement()
                .asString()
                .contains("while the transaction of TransactionTemplate.executeWithoutResult is open.")
                .contains("Fix: call it before or after: move it out of what is given to"
                        + " TransactionTemplate.executeWithoutResult.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "class Orders { public void x() { CALL } }",
                "class Orders { @Transactional private void x() { CALL } }",
                "class Orders { @Transactional public static void x() { CALL } }",
                "class Orders { @Transactional public final void x() { CALL } }",
                "@Transactional class Orders { void x() { CALL } protected void y() { CALL } }",
                "class Orders { Orders() { CALL } @Transactional public void x() {} }",
                "@Transactional class Orders { { CALL } static { CALL } Object o = Rest.rest.optionsForAllow(\"/\"); }",
                "class Orders { @Transactional(propagation = Propagation.NOT_SUPPORTED) public void x() { CALL } }",
                "@Transactional class Orders { @Transactional(propagation = Propagation.NEVER) public void x() { CALL } }",
                "class Orders { @Transactional(propagation = Propagation.SUPPORTS) public void x() { CALL } }",
                "class Orders { @jakarta.transaction.Transactional(jakarta.transaction.Transactional.TxType.SUPPORTS)"
                        + " public void x() { CALL } }",
                "class Orders { @Transactional(\"kafkaTransactionManager\") public void x() { CALL } }",
                "class Orders { @Transactional(transactionManager = \"rabbitTm\") public void x() { CALL } }",
                "class Orders { @Idempotent(key = \"#id\") public void x(long id) { CALL } }",
                "class Orders { @Idempotent(key = \"#id\", mode = Mode.AUTO) public void x(long id) { CALL } }",
                "class Orders { @Transactional public reactor.core.publisher.Mono<String> x() { CALL return null; } }",
                "class Orders { @Transactional public org.reactivestreams.Publisher<String> x() { CALL return null; } }",
                "interface Orders { @Transactional default void x() { CALL } }",
                "class Orders { Object x() { return new Object() { @Transactional public void y() { CALL } }; } }",
                "class Orders { void x() { class Local { @Transactional public void y() { CALL } } } }",
                "@Transactional class OrdersTest { public void x() { CALL } }",
                "@org.springframework.test.context.Slow @Transactional class Orders { public void x() { CALL } }",
                "@Transactional class Orders { @Test public void x() { CALL } } @interface Test {}",
                "class Orders { void x(TransactionTemplate withoutTransaction) {"
                        + " withoutTransaction.executeWithoutResult(s -> { CALL }); } }",
                "class Orders { void x() { TransactionOperations.withoutTransaction().execute(s -> { CALL return 1; }); } }",
                "class Orders { void x(Executor t) { t.execute(() -> { CALL }); } }",
                "class Orders { TransactionCallback<String> x() { return s -> { CALL return null; }; } }",
                "class Orders { void x(TransactionTemplate t) { t.execute(new TransactionCallback<String>() {"
                        + " public String doInTransaction(org.springframework.transaction.TransactionStatus s)"
                        + " { return \"\"; } void other() { CALL } }); } }",
                "class Orders { Object x() { return new TransactionCallback<String>() {"
                        + " public String doInTransaction(org.springframework.transaction.TransactionStatus s)"
                        + " { CALL return \"\"; } }; } }",
            })
    void whereNoTransactionIsCertainNothingIsSaid(String source) {
        assertThat(findings(source.replace("CALL", "Rest.rest.delete(\"/\");")
                        + " class Rest { static RestTemplate rest; }"))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "List.of(1).forEach(i -> rest^.delete(\"/\"));",
                "Stream.of(\"/\").map(u -> rest^.getForObject(u, String.class)).toList();",
                "Stream.of(\"/\").map(u -> { return (rest^.getForObject(u, String.class)); }).toList();",
                "Stream.of(\"/\").forEach(^rest::delete);",
                "List.of(\"/\").forEach((^rest::delete));",
                "Optional.of(\"/\").ifPresent(u -> List.of(u).forEach(v -> rest^.delete(v)));",
                "new HashMap<String, String>().computeIfAbsent(\"/\", u -> rest^.getForObject(u, String.class));",
                "new ConcurrentHashMap<String, String>().computeIfAbsent(\"/\", u -> rest^.getForObject(u, String.class));",
                "Runnable r = rest^.getForObject(\"/\", Orders.class)::x;",
            })
    void lambdasThatRunAtOnceAreInTheTransaction(String statement) {
        assertMarked("class Orders { RestTemplate rest; @Transactional public void x() { " + statement + " } }");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "executor.submit(() -> rest.delete(\"/\"));",
                "executor.execute(() -> rest.delete(\"/\"));",
                "CompletableFuture.runAsync(() -> rest.delete(\"/\"));",
                "new Thread(() -> rest.delete(\"/\")).start();",
                "Runnable r = () -> rest.delete(\"/\");",
                "java.util.function.Consumer<String> c = rest::delete;",
                "Comparator.comparing(u -> rest.getForObject((String) u, String.class));",
                "List.of(1).forEach(i -> executor.submit(() -> rest.delete(\"/\")));",
                "TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {"
                        + " @Override public void afterCommit() { rest.delete(\"/\"); } });",
                "afterCommit(() -> rest.delete(\"/\"));",
                "executor.submit(rest::delete);",
            })
    void lambdasThatRunLaterOrElsewhereAreNot(String statement) {
        assertThat(findings(
                        "class Orders { RestTemplate rest; ExecutorService executor; @Transactional public void x() { "
                                + statement.replace("executor.submit(rest::delete)", "elsewhere(rest::delete)")
                                + " } void afterCommit(Runnable r) {}"
                                + " void elsewhere(java.util.function.Consumer<String> r) {} }"))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "void x(RestClient r) { var spec = r.get().uri(\"/\").retrieve(); }",
                "void x(WebClient w) { var m = w.get().retrieve().bodyToMono(String.class); }",
                "void x(HttpClient h) { h.sendAsync(null, null); }",
                "void x(HttpClient h) { h.sendAsync(null, null).thenAccept(r -> r.headers()); }",
                "void x(okhttp3.Call c) { c.enqueue(null); }",
                "void x(URL u) throws Exception { u.openConnection(); u.openStream(); }",
                "void x(URL u) throws Exception { var c = (JarURLConnection) u.openConnection(); }",
                "void x() throws Exception { new Socket(); new Socket(Proxy.NO_PROXY); }",
                "void x(Map<String, String> m) { m.put(\"a\", m.get(\"a\")); m.remove(\"a\").getBytes(); }",
                "void x(PaymentGrpc.PaymentBlockingStub s) { s.withCompression(\"gzip\"); s.build(null, null); }",
                "void x() { PaymentGrpc.newBlockingStub(); }",
                "void x(Executor e) { e.execute(null); }",
                "void x(Optional<RestTemplate> r) { r.get(); }",
                "void x(Map<String, String> m) { m.getOrDefault(\"a\", \"b\").concat(\"c\"); x(m); }",
            })
    void whatDoesNotWaitPasses(String method) {
        assertThat(findings("class Orders { @Transactional public " + method + " }"))
                .isEmpty();
    }

    @Test
    void whatIsSentWithoutAReplyIsAnotherRulesBusinessAndEachCallIsShownOnce() {
        assertMarked("""
                class Orders {
                    @Transactional public void x(WebClient w, RestTemplate r, Future<String> f) throws Exception {
                        String body = w.get().retrieve().toEntity(String.class)^.block().getBody();
                        Optional.of(w.get().retrieve().toEntity(String.class)^.block()).get();
                        w.get().retrieve().bodyToMono(Optional.class)^.block().get();
                    }
                }
                """);
    }

    @Test
    void codeThatDoesNotCompileIsLeftToTheCompiler() {
        assertThat(Javac.compile(IMPORTS + """
                class Orders {
                    @Transactional public void x(Missing m, RestTemplate r) {
                        m.execute(); r.missing(); new Missing("a", 1); m.send().block(); List.of(1).forEach(m::send);
                        missing(() -> r.delete("/")); m.run(() -> r.delete("/"));
                    }
                }
                """).messages()).noneMatch(message -> message.startsWith("["));
    }

    @Test
    void itIsSuppressedOnTheMethodTheClassOrTheVariable() {
        assertThat(findings("""
                class Orders {
                    RestTemplate rest;
                    @SuppressWarnings("plimsoll:RemoteCallInTransaction")
                    @Transactional public void a() { rest.delete("/"); }
                    @Transactional public void b() {
                        @SuppressWarnings("plimsoll:RemoteCallInTransaction")
                        String s = rest.getForObject("/", String.class);
                    }
                    @SuppressWarnings("plimsoll:RemoteCallInTransaction")
                    static class Inner { RestTemplate rest; @Transactional public void c() { rest.delete("/"); } }
                }
                """)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "plimsoll.profile=strict, error",
        "plimsoll.profile=adopt, warning",
        "plimsoll.rule.RemoteCallInTransaction=warn, warning",
        "plimsoll.rule.RemoteCallInTransaction=off, ",
    })
    void severityFollowsTheBuild(String option, String severity) {
        assertThat(Javac.compile(
                                List.of("-A" + option),
                                IMPORTS
                                        + "class Orders { @Transactional public void x(RestTemplate r) { r.delete(\"/\"); } }")
                        .findings())
                .isEqualTo(severity == null ? List.of() : List.of(severity + " RemoteCallInTransaction 17:64"));
    }
}
