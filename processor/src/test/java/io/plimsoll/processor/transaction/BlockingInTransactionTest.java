package io.plimsoll.processor.transaction;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.processor.Javac;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BlockingInTransactionTest {

    private static final String RULE = "warning BlockingInTransaction";

    private static final String IMPORTS = """
            package com.acme;
            import io.plimsoll.idempotency.*;
            import java.util.*;
            import java.util.concurrent.*;
            import java.util.concurrent.locks.*;
            import java.util.stream.*;
            import org.springframework.kafka.core.KafkaTemplate;
            import org.springframework.transaction.annotation.*;
            import org.springframework.transaction.support.*;
            import org.springframework.web.reactive.function.client.WebClient;
            import reactor.core.publisher.*;
            """;

    private static List<String> findings(String source) {
        return Libraries.findings(IMPORTS + source);
    }

    private static void assertMarked(String source) {
        Libraries.assertMarked(RULE, IMPORTS + source);
    }

    @Test
    void aWaitIsShownAtTheNameOfItsMethod() {
        Javac.Result result = Javac.compile(IMPORTS + """
                class Orders {
                    @Transactional
                    public void place(String order) throws Exception {
                        Thread.sleep(100);
                    }
                }
                """);

        assertThat(result.findings()).containsExactly(RULE + " 15:15");
        assertThat(result.messages())
                .containsExactly("[BlockingInTransaction] Thread.sleep waits while the transaction of Orders.place is"
                        + " open. The database connection and every locked row are held all the time; a few such calls"
                        + " empty the connection pool. Fix: wait before or after: take the transaction off place and"
                        + " put @Transactional on a method of another bean that holds the database work alone. See:"
                        + " https://github.com/plimsoll/plimsoll/blob/main/docs/rules/BlockingInTransaction.md");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "void x() throws Exception { Thread^.sleep(1); TimeUnit.SECONDS^.sleep(1); }",
                "void x(Thread t) throws Exception { t^.join(); t^.join(5); }",
                "void x(Future<String> f) throws Exception { f^.get(); f^.get(1, TimeUnit.SECONDS); }",
                "void x(CompletableFuture<String> f) throws Exception { f^.get(); f^.join(); }",
                "void x(CompletableFuture<String> f) { f.thenApply(s -> s)^.join(); }",
                "void x(CompletableFuture<?> a, CompletableFuture<?> b) { CompletableFuture.allOf(a, b)^.join(); }",
                "void x(ExecutorService e) throws Exception { e^.invokeAll(List.of()); e^.invokeAny(List.of()); }",
                "void x(ExecutorService e) throws Exception { e^.awaitTermination(1, TimeUnit.SECONDS); }",
                "void x(CountDownLatch l, CyclicBarrier b) throws Exception { l^.await(); b^.await(); }",
                "void x(CountDownLatch l) throws Exception { l^.await(1, TimeUnit.SECONDS); }",
                "void x(Lock l) throws Exception { l^.lock(); l^.lockInterruptibly(); l^.tryLock(1, TimeUnit.SECONDS); }",
                "void x(ReentrantLock l, ReadWriteLock w) { l^.lock(); w.readLock()^.lock(); }",
                "void x(org.redisson.api.RLock l) { l^.tryLock(1, 30, TimeUnit.SECONDS); }",
                "void x(Condition c) throws Exception { c^.await(); c^.awaitNanos(5); }",
                "void x(Semaphore s) throws Exception { s^.acquire(); s^.tryAcquire(1, TimeUnit.SECONDS); }",
                "void x(BlockingQueue<String> q) throws Exception { q^.take(); q^.poll(1, TimeUnit.SECONDS); }",
                "void x(BlockingQueue<String> q) throws Exception { q^.offer(\"a\", 1, TimeUnit.SECONDS); }",
                "void x(ArrayBlockingQueue<String> q, SynchronousQueue<String> r) throws Exception { q^.put(\"a\");"
                        + " r^.put(\"a\"); }",
                "void x(Mono<String> m, Flux<String> f) { m^.block(); f^.blockFirst(); f.next()^.blockOptional(); }",
                "void x(ForkJoinPool p, RecursiveTask<String> t) { t^.join(); p.submit(t)^.join(); }",
                "void x(List<Future<String>> l) { l.forEach(f -> { try { f^.get(); } catch (Exception e) { } }); }",
                "void x(List<CompletableFuture<String>> l) { l.stream().map(^CompletableFuture::join).toList(); }",
            })
    void everyWait(String method) {
        assertMarked("class Orders { @Transactional public " + method + " }");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "@Transactional class Orders { public void x(Future<?> f) throws Exception { f^.get(); } }",
                "class Orders { void x(Mono<?> m, TransactionTemplate t) { t.execute(s -> m^.block()); } }",
                "class Orders { @Idempotent(key = \"#id\", mode = Mode.TRANSACTIONAL) public void x(long id)"
                        + " throws Exception { Thread^.sleep(1); } }",
            })
    void inEverySortOfTransaction(String source) {
        assertMarked(source);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "void x(Map<String, String> m, Optional<String> o) { m.get(\"a\"); o.get(); List.of(1).get(0); }",
                "void x(java.util.function.Supplier<String> s, ThreadLocal<String> t) { s.get(); t.get(); }",
                "void x(Lock l) throws Exception { l.tryLock(); l.tryLock(0, TimeUnit.SECONDS); l.unlock(); }",
                "void x(org.redisson.api.RLock l) { l.tryLock(0, 30, TimeUnit.SECONDS); }",
                "void x(Semaphore s) { s.tryAcquire(); s.tryAcquire(3); s.release(); }",
                "void x(BlockingQueue<String> q) throws Exception { q.poll(); q.offer(\"a\"); q.put(\"a\"); }",
                "void x(Future<String> f) { f.isDone(); f.cancel(true); }",
                "void x(CompletableFuture<String> f) { f.getNow(\"a\"); f.thenAccept(s -> { }); }",
                "void x() throws Exception { CompletableFuture.completedFuture(\"a\").get(); Thread.sleep(0); }",
                "void x() { CompletableFuture.completedStage(1).toCompletableFuture(); String.join(\"a\", \"b\"); }",
                "void x(ExecutorService e) { e.submit(() -> { Thread.sleep(1); return 1; }); }",
                "void x(CompletableFuture<String> f) { f.thenRun(() -> { try { Thread.sleep(1); }"
                        + " catch (InterruptedException e) { } }); }",
                "void x(Mono<String> m) { m.subscribe(); Runnable r = m::block; }",
            })
    void whatDoesNotWaitPasses(String method) {
        assertThat(findings("class Orders { @Transactional public " + method + " }"))
                .isEmpty();
    }

    @Test
    void withoutATransactionNothingIsSaid() {
        assertThat(findings("class Orders { public void x(Lock l) throws Exception { Thread.sleep(1); l.lock(); } }"))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CompletableFuture.allOf(a, b)^.join(); a.join(); b.get();",
                "CompletableFuture.allOf(a, b)^.get(); Stream.of(a, b).map(CompletableFuture::join).toList();",
                "for (Future<String> f : e^.invokeAll(List.<Callable<String>>of())) { f.get(); }",
            })
    void onlyTheWaitForAllIsShownWhereOthersFollow(String statements) {
        assertMarked("class Orders { @Transactional public void x(CompletableFuture<String> a,"
                + " CompletableFuture<String> b, ExecutorService e) throws Exception { " + statements + " } }");
    }

    @Test
    void whatIsSentAndWaitedForInOneExpressionIsShownOnceByWhoKnowsWhatIsSent() {
        assertThat(findings("""
                class Orders {
                    @Transactional
                    public void x(KafkaTemplate<String, String> k, WebClient w, java.net.http.HttpClient h)
                            throws Exception {
                        k.send("t", "a").get();
                        k.send("t", "a").get(1, TimeUnit.SECONDS);
                        w.get().retrieve().bodyToMono(String.class).map(s -> s).block();
                        h.sendAsync(null, null).join();
                    }
                }
                """))
                .containsExactly(
                        "warning PublishWithoutOutbox 16:10",
                        "warning PublishWithoutOutbox 17:10",
                        "error RemoteCallInTransaction 18:64",
                        "error RemoteCallInTransaction 19:32");
    }

    @Test
    void codeThatDoesNotCompileIsLeftToTheCompiler() {
        assertThat(Javac.compile(IMPORTS
                                + "class Orders { @Transactional public void x(Missing m) { m.get(); get(); join(1);"
                                + " m.sleep().join(); Thread.nap(1); } }")
                        .messages())
                .noneMatch(message -> message.startsWith("["));
    }

    @Test
    void itIsSuppressedOnTheMethodTheClassOrTheVariable() {
        assertThat(findings("""
                class Orders {
                    @SuppressWarnings("plimsoll:BlockingInTransaction")
                    @Transactional public void a(Lock l) { l.lock(); }
                    @Transactional public void b(CompletableFuture<String> f) {
                        @SuppressWarnings("plimsoll:BlockingInTransaction") String s = f.join();
                    }
                    @SuppressWarnings("plimsoll:BlockingInTransaction")
                    static class Inner { @Transactional public void c(Lock l) { l.lock(); } }
                }
                """)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "plimsoll.profile=strict, warning",
        "plimsoll.profile=adopt, warning",
        "plimsoll.rule.BlockingInTransaction=error, error",
        "plimsoll.rule.BlockingInTransaction=off, ",
    })
    void severityFollowsTheBuild(String option, String severity) {
        assertThat(Javac.compile(
                                List.of("-A" + option),
                                IMPORTS + "class Orders { @Transactional public void x(Lock l) { l.lock(); } }")
                        .findings())
                .isEqualTo(severity == null ? List.of() : List.of(severity + " BlockingInTransaction 12:56"));
    }
}
