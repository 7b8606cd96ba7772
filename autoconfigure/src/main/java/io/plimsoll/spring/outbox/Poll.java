package io.plimsoll.spring.outbox;

import java.util.List;

/**
 * What was there to be delivered.
 *
 * @param events of each bucket by their ids
 * @param xmin the least transaction id that was still running in the snapshot that the events were read in; -1 where
 *     nobody can tell
 */
record Poll(List<StoredEvent> events, long xmin) {}
