package io.plimsoll.sample.mail;

/** A mail as it was sent. */
record Mail(long orderId, String address, String subject) {}
