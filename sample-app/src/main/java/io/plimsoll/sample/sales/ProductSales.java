package io.plimsoll.sample.sales;

/** How many of a product were sold. */
record ProductSales(long productId, long sold) {}
