package io.plimsoll.sample.order;

import io.plimsoll.outbox.EventType;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What others are told of an order.
 *
 * @param customerEmail {@code null} if the customer left none
 */
@EventType(name = "order.placed", version = 1)
public record OrderPlaced(long order, @Nullable String customerEmail, List<OrderLine> items, BigDecimal total) {}
