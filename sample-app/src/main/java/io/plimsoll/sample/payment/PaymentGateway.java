package io.plimsoll.sample.payment;

import io.plimsoll.idempotency.Idempotency;
import java.math.BigDecimal;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestClientException;

/**
 * The company that charges credit cards: {@code shop.payment.gateway-url}, by default the stub inside the shop.
 *
 * <p>It charges once for an {@code Idempotency-Key}, however often it is asked: the client sends the child key of the
 * payment.
 */
@Component
class PaymentGateway {

    private static final Logger log = LoggerFactory.getLogger(PaymentGateway.class);

    private final RestClient client;
    private final Environment environment;

    PaymentGateway(RestClient.Builder builder, Environment environment) {
        this.client = builder.build();
        this.environment = environment;
    }

    /** @throws PaymentFailedException if the charge is not confirmed */
    @SuppressWarnings(
            "plimsoll:RemoteCallWithoutTimeout") // The budget is the one of PaymentController, its only caller.
    String charge(long orderId, BigDecimal amount) {
        try {
            return Idempotency.asChild("charge", () -> client.post()
                    .uri(url() + "/charges")
                    .body(new ChargeRequest("order-" + orderId, amount))
                    .retrieve()
                    .requiredBody(Charge.class)
                    .chargeId());
        } catch (RestClientException | IllegalStateException e) {
            log.warn("Order {} was not charged: {}", orderId, e.toString());
            throw new PaymentFailedException(e);
        }
    }

    /** Looked up at each call: the port of the stub is known only when the shop is open. */
    private String url() {
        String stub = "http://localhost:" + environment.getProperty("local.server.port") + "/stub/payment-gateway";
        return environment.getProperty("shop.payment.gateway-url", stub);
    }

    record ChargeRequest(String reference, BigDecimal amount) {}

    record Charge(String chargeId) {}
}
