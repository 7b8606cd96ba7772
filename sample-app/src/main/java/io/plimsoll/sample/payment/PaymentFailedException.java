package io.plimsoll.sample.payment;

import io.plimsoll.sample.problem.ShopException;
import org.springframework.http.HttpStatus;

/** The gateway refused the charge or could not be reached. */
final class PaymentFailedException extends ShopException {

    private static final long serialVersionUID = 1L;

    PaymentFailedException(Throwable cause) {
        super(
                HttpStatus.BAD_GATEWAY,
                "payment_failed",
                "The payment gateway did not confirm the charge. The order is still open; try again later.");
        initCause(cause);
    }
}
