package io.plimsoll.sample.mail;

import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Stands in for a mail server that takes mails by SQL: nothing would keep it from sending one twice. */
@Component
class MailStub {

    private final JdbcClient jdbc;

    MailStub(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    void send(long order, String address, String subject) {
        jdbc.sql("INSERT INTO stub_mails (order_id, address, subject) VALUES (:order, :address, :subject)")
                .param("order", order)
                .param("address", address)
                .param("subject", subject)
                .update();
    }

    List<Mail> last() {
        return jdbc.sql("SELECT order_id, address, subject FROM stub_mails ORDER BY id DESC LIMIT 10")
                .query(Mail.class)
                .list();
    }
}
