/** E-mails to customers. Told of orders by their events, after they are committed. */
@NullMarked
package io.plimsoll.sample.mail;

import org.jspecify.annotations.NullMarked;
