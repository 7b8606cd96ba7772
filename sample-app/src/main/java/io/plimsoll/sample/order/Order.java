package io.plimsoll.sample.order;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An order as it was placed.
 *
 * @param customerEmail {@code null} if the customer left none
 */
public record Order(
        long id,
        @Nullable String customerEmail,
        List<OrderLine> items,
        BigDecimal total,
        Instant placedAt,
        boolean paid) {

    /** What others are told of it. */
    public OrderPlaced placed() {
        return new OrderPlaced(id, customerEmail, items, total);
    }
}
