package io.plimsoll.sample.payment;

import io.plimsoll.idempotency.NotIdempotent;
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

    @PostMapping
    @NotIdempotent(reason = "the gateway charges once per order, and an order has one payment")
    public Payment pay(@PathVariable("orderId") long orderId) {
        return payments.pay(orderId);
    }
}
