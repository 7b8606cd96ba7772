package io.plimsoll.benchmarks.idempotency;

import io.eventuate.common.jdbc.EventuateSchema;
import io.eventuate.common.spring.jdbc.EventuateSpringJdbcStatementExecutor;
import io.eventuate.common.spring.jdbc.EventuateSpringTransactionTemplate;
import io.eventuate.tram.consumer.common.DuplicateMessageDetector;
import io.eventuate.tram.consumer.jdbc.SqlTableBasedDuplicateMessageDetector;
import io.eventuate.tram.messaging.common.Message;
import io.eventuate.tram.messaging.common.MessageImpl;
import io.eventuate.tram.messaging.common.SubscriberIdAndMessage;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Eventuate Tram's duplicate detector, wired as its Spring configuration does. A filter of messages: it inserts the
 * key in the business transaction and keeps no answer, so that it has half the work.
 */
final class EventuateContender implements Contender {

    // As in the scripts that Eventuate publishes for PostgreSQL.
    private static final String TABLE = """
            CREATE TABLE IF NOT EXISTS received_messages (consumer_id varchar(1000), message_id varchar(1000),
                creation_time bigint, published smallint DEFAULT 0, PRIMARY KEY (consumer_id, message_id))
            """;
    private static final String MILLISECONDS = "(ROUND(EXTRACT(EPOCH FROM CURRENT_TIMESTAMP) * 1000))";

    private final Task task;
    private final JdbcTemplate jdbc;
    private final DuplicateMessageDetector detector;

    EventuateContender(Task task, DataSource dataSource) {
        this.task = task;
        jdbc = new JdbcTemplate(dataSource);
        jdbc.execute(TABLE);
        detector = new SqlTableBasedDuplicateMessageDetector(
                new EventuateSchema(EventuateSchema.EMPTY_SCHEMA),
                MILLISECONDS,
                new EventuateSpringJdbcStatementExecutor(jdbc),
                new EventuateSpringTransactionTemplate(
                        new TransactionTemplate(new JdbcTransactionManager(dataSource))));
    }

    @Override
    public String name() {
        return "eventuate-tram";
    }

    @Override
    public @Nullable Receipt call(String key) {
        AtomicReference<@Nullable Receipt> receipt = new AtomicReference<>();
        SubscriberIdAndMessage message =
                new SubscriberIdAndMessage("payments", new MessageImpl("", Map.of(Message.ID, key)));
        detector.doWithMessage(message, () -> receipt.set(task.run(jdbc, key)));
        return receipt.get();
    }
}
