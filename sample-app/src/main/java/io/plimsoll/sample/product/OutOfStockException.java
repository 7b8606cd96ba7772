package io.plimsoll.sample.product;

import io.plimsoll.sample.problem.ShopException;
import org.springframework.http.HttpStatus;

/** More was asked for than there is. */
public final class OutOfStockException extends ShopException {

    private static final long serialVersionUID = 1L;

    OutOfStockException(Product product) {
        super(
                HttpStatus.CONFLICT,
                "out_of_stock",
                "Of product " + product.id() + " (" + product.name() + ") only " + product.stock() + " are left.");
    }
}
