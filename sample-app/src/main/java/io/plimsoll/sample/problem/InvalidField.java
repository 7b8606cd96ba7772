package io.plimsoll.sample.problem;

/**
 * One thing that is wrong with a request.
 *
 * @param field path in the body, as {@code items[0].quantity}
 */
record InvalidField(String field, String message) {}
