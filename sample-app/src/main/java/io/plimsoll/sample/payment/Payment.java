package io.plimsoll.sample.payment;

import java.math.BigDecimal;
import java.time.Instant;

/** Money received for an order. */
record Payment(long orderId, String chargeId, BigDecimal amount, Instant paidAt) {}
