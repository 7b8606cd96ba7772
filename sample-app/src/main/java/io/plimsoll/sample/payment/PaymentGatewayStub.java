package io.plimsoll.sample.payment;

import io.plimsoll.idempotency.NotIdempotent;
import io.plimsoll.sample.chaos.Chaos;
import io.plimsoll.timeout.NoTimeout;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Positive;
import java.io.IOException;
import java.math.BigDecimal;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Stands in for the payment gateway, reached over real HTTP. */
@RestController
@RequestMapping("/stub/payment-gateway")
@NoTimeout(reason = "plays another company's system: how slow it is, is not ours to bound")
class PaymentGatewayStub {

    private static final long DRIP_MILLIS = 100;

    private final Chaos chaos;
    private final ChargeBook charges;

    PaymentGatewayStub(Chaos chaos, ChargeBook charges) {
        this.chaos = chaos;
        this.charges = charges;
    }

    @PostMapping("/charges")
    @NotIdempotent(reason = "plays another company's system, which keeps its keys by itself")
    public Charge charge(
            @RequestHeader("Idempotency-Key") String key,
            @Valid @RequestBody ChargeRequest request,
            HttpServletResponse response)
            throws IOException, InterruptedException {
        // The money moves first: a client that stops waiting has been charged all the same.
        String charge = charges.charge(key, request.reference(), request.amount());
        if (chaos.paymentDrips()) {
            drip(response);
        } else {
            Thread.sleep(chaos.payment().toMillis());
        }
        return new Charge(charge);
    }

    /** White space may stand before any JSON. */
    private void drip(HttpServletResponse response) throws IOException, InterruptedException {
        response.setContentType(MediaType.APPLICATION_JSON_VALUE);
        for (long left = chaos.payment().toMillis(); left > 0; left -= DRIP_MILLIS) {
            response.getOutputStream().write(' ');
            response.flushBuffer();
            Thread.sleep(DRIP_MILLIS);
        }
    }

    record ChargeRequest(
            @NotBlank String reference, @NotNull @Positive BigDecimal amount) {}

    record Charge(String chargeId) {}
}
