package io.plimsoll.sample.order;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Email;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What a customer sends. */
record PlaceOrder(
        @Nullable @Email @Size(max = 254) String customerEmail,
        @NotEmpty @Size(max = 100) List<@NotNull @Valid Item> items) {

    record Item(
            @NotNull Long productId,
            @NotNull @Min(1) @Max(1_000) Integer quantity) {}

    /** How many of which product; ascending, so that two orders always lock the stock in the same order. */
    SortedMap<Long, Integer> quantities() {
        SortedMap<Long, Integer> quantities = new TreeMap<>();
        items.forEach(item -> quantities.merge(item.productId(), item.quantity(), Integer::sum));
        return quantities;
    }
}
