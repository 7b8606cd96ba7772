package io.plimsoll.sample.product;

import io.plimsoll.sample.problem.ShopException;
import org.springframework.http.HttpStatus;

/** There is no such product. */
public final class ProductNotFoundException extends ShopException {

    private static final long serialVersionUID = 1L;

    ProductNotFoundException(long id) {
        super(HttpStatus.NOT_FOUND, "product_not_found", "There is no product " + id + ".");
    }
}
