package io.plimsoll.sample.product;

import java.math.BigDecimal;

/** Something to buy, and how many of it are left. */
public record Product(long id, String name, BigDecimal price, int stock) {}
