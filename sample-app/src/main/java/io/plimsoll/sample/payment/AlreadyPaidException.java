package io.plimsoll.sample.payment;

import io.plimsoll.sample.problem.ShopException;
import org.springframework.http.HttpStatus;

/** The order has been paid for. */
final class AlreadyPaidException extends ShopException {

    private static final long serialVersionUID = 1L;

    AlreadyPaidException(long orderId) {
        super(HttpStatus.CONFLICT, "already_paid", "Order " + orderId + " has been paid already.");
    }
}
