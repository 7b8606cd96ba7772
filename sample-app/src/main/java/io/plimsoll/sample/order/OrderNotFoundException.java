package io.plimsoll.sample.order;

import io.plimsoll.sample.problem.ShopException;
import org.springframework.http.HttpStatus;

/** There is no such order. */
public final class OrderNotFoundException extends ShopException {

    private static final long serialVersionUID = 1L;

    OrderNotFoundException(long id) {
        super(HttpStatus.NOT_FOUND, "order_not_found", "There is no order " + id + ".");
    }
}
