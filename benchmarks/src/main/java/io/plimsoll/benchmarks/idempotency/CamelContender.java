package io.plimsoll.benchmarks.idempotency;

import java.util.Optional;
import javax.sql.DataSource;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.processor.idempotent.jdbc.JdbcMessageIdRepository;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Apache Camel's idempotent consumer on its JDBC repository: a select and an insert, and no answer is kept.
 *
 * <p>As its manual shows it, the key is committed before the work begins, so that a crash in between loses the message;
 * in a transacted route both commit together.
 */
final class CamelContender implements Contender {

    private static final String KEY = "key";

    private final String name;
    private final CamelContext camel = new DefaultCamelContext();
    private final ProducerTemplate producer;
    private final TransactionTemplate transaction;
    private final boolean transacted;

    private CamelContender(Task task, DataSource dataSource, boolean transacted) {
        this.name = transacted ? "camel, transacted" : "camel";
        this.transacted = transacted;
        JdbcTemplate jdbc = new JdbcTemplate(dataSource);
        transaction = new TransactionTemplate(new JdbcTransactionManager(dataSource));
        JdbcMessageIdRepository repository = new JdbcMessageIdRepository(dataSource, transaction, "payments");
        producer = camel.createProducerTemplate();
        try {
            camel.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from("direct:payments")
                            // The caller retries; the route does not.
                            .errorHandler(noErrorHandler())
                            .idempotentConsumer(header(KEY), repository)
                            .process(exchange -> exchange.getMessage().setBody(pay(task, jdbc, exchange)));
                }
            });
            camel.start();
        } catch (Exception e) {
            throw new IllegalStateException("Camel does not start", e);
        }
    }

    static Contender asDocumented(Task task, DataSource dataSource) {
        return new CamelContender(task, dataSource, false);
    }

    static Contender transacted(Task task, DataSource dataSource) {
        return new CamelContender(task, dataSource, true);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public @Nullable Receipt call(String key) {
        return transacted
                ? transaction.execute(status -> Optional.ofNullable(send(key))).orElse(null)
                : send(key);
    }

    /** Joins the transaction of a transacted route. */
    private @Nullable Receipt pay(Task task, JdbcTemplate jdbc, Exchange exchange) {
        String key = exchange.getMessage().getHeader(KEY, String.class);
        return transaction.execute(status -> task.run(jdbc, key));
    }

    private @Nullable Receipt send(String key) {
        Object body = producer.requestBodyAndHeader("direct:payments", null, KEY, key);
        return body instanceof Receipt receipt ? receipt : null;
    }

    @Override
    public void close() {
        camel.stop();
    }
}
