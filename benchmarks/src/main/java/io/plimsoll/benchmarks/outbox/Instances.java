package io.plimsoll.benchmarks.outbox;

import java.util.List;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

/** Several instances of one application; the first one publishes, all deliver. */
record Instances(List<Contender> all) implements Contender {

    @Override
    public TransactionTemplate transaction() {
        return all.get(0).transaction();
    }

    @Override
    public JdbcTemplate jdbc() {
        return all.get(0).jdbc();
    }

    @Override
    public void publish(Placed event) {
        all.get(0).publish(event);
    }

    @Override
    public void pause() {
        all.forEach(Contender::pause);
    }

    @Override
    public String waiting() {
        return all.get(0).waiting();
    }

    @Override
    public void close() {
        all.forEach(Contender::close);
    }
}
