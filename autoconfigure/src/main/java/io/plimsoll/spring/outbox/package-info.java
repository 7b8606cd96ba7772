/**
 * The outbox: events that are committed together with the work they tell of, and delivered afterwards. Built so far is its
 * ground: the tables, who delivers for which bucket, and how far the rows of a bucket have been read for good.
 */
@NullMarked
package io.plimsoll.spring.outbox;

import org.jspecify.annotations.NullMarked;
