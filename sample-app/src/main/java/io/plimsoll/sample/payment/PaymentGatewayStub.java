package io.plimsoll.sample.payment;

import io.plimsoll.idempotency.NotIdempotent;
import io.plimsoll.sample.chaos.Chaos;
import io.plimsoll.timeout.NoTimeout;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Positive;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Stands in for the payment gateway, reached over real HTTP. */
@RestController
@RequestMapping("/stub/payment-gateway")
@NoTimeout(reason = "plays another company's system: how slow it is, is not ours to bound")
class PaymentGatewayStub {

    private final Chaos chaos;

    PaymentGatewayStub(Chaos chaos) {
        this.chaos = chaos;
    }

    @PostMapping("/charges")
    @NotIdempotent(reason = "the same reference gets the same charge")
    public Charge charge(@Valid @RequestBody ChargeRequest request) throws InterruptedException {
        Thread.sleep(chaos.payment().toMillis());
        // The same reference gets the same charge, as a gateway with idempotency keys would answer.
        byte[] reference = request.reference().getBytes(StandardCharsets.UTF_8);
        return new Charge("ch_" + UUID.nameUUIDFromBytes(reference));
    }

    record ChargeRequest(
            @NotBlank String reference, @NotNull @Positive BigDecimal amount) {}

    record Charge(String chargeId) {}
}
