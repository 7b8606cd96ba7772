package io.plimsoll.sample.payment;

import java.math.BigDecimal;
import java.time.OffsetDateTime;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Payments in the database. */
@Repository
class PaymentRepository {

    private final JdbcClient jdbc;

    PaymentRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** @return empty if the order had a payment already */
    Optional<Payment> insert(long orderId, String chargeId, BigDecimal amount) {
        return jdbc.sql("""
                        INSERT INTO payments (order_id, charge_id, amount) VALUES (:order, :charge, :amount)
                        ON CONFLICT (order_id) DO NOTHING
                        RETURNING paid_at""")
                .param("order", orderId)
                .param("charge", chargeId)
                .param("amount", amount)
                .query((row, number) -> new Payment(
                        orderId,
                        chargeId,
                        amount,
                        row.getObject("paid_at", OffsetDateTime.class).toInstant()))
                .optional();
    }
}
