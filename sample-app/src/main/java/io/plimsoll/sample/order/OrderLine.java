package io.plimsoll.sample.order;

import java.math.BigDecimal;

/** So many of one product, at the price of that day. */
public record OrderLine(long productId, int quantity, BigDecimal unitPrice) {

    BigDecimal amount() {
        return unitPrice.multiply(BigDecimal.valueOf(quantity));
    }
}
