package io.plimsoll.sample.payment;

import java.math.BigDecimal;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;

/** The charges of the payment gateway's stub: one for each key, whoever asks again. */
@Service
class ChargeBook {

    private final JdbcClient jdbc;

    ChargeBook(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** @return the id of the charge, which was made now or before */
    String charge(String key, String reference, BigDecimal amount) {
        jdbc.sql("""
                INSERT INTO stub_charges (idempotency_key, charge_id, reference, amount)
                VALUES (:key, :charge, :reference, :amount) ON CONFLICT DO NOTHING""")
                .param("key", key)
                .param("charge", "ch_" + UUID.randomUUID())
                .param("reference", reference)
                .param("amount", amount)
                .update();
        return jdbc.sql("SELECT charge_id FROM stub_charges WHERE idempotency_key = :key")
                .param("key", key)
                .query(String.class)
                .single();
    }
}
