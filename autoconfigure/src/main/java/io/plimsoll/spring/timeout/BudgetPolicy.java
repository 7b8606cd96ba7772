package io.plimsoll.spring.timeout;

/**
 * What the {@code @Timeout} of one method comes down to.
 *
 * @param method for people: {@code com.acme.OrderService.place}
 * @param nanos positive
 * @param interrupt whether the thread may be interrupted while it is in the method's own code
 */
record BudgetPolicy(String method, long nanos, boolean interrupt) {}
