package io.plimsoll.sample.payment;

import io.plimsoll.idempotency.Idempotent;
import io.plimsoll.idempotency.Mode;
import io.plimsoll.idempotency.OnDuplicate;
import io.plimsoll.idempotency.OnLost;
import io.plimsoll.timeout.Timeout;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/orders/{orderId}/payment")
@Timeout("${shop.payment.timeout:1s}")
class PaymentController {

    private final PaymentService payments;

    PaymentController(PaymentService payments) {
        this.payments = payments;
    }

    /**
     * Waits for a gateway, so it holds no transaction: LEASE. A payment that was cut off may be made again, because the
     * gateway recognizes the charge by its child key.
     */
    @PostMapping
    @Idempotent(
            key = "#orderId",
            mode = Mode.LEASE,
            lease = "10s",
            onLost = OnLost.RERUN,
            onDuplicate = OnDuplicate.WAIT,
            maxWait = "500ms")
    public Payment pay(@PathVariable("orderId") long orderId) {
        return payments.pay(orderId);
    }
}
