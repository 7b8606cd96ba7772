package io.plimsoll.benchmarks.outbox;

import java.util.List;

/**
 * A contender, as it stands in the table.
 *
 * @param divisor of the number of events in a drain: as many as take it some seconds
 */
record Lane(String name, int divisor, ContenderFactory factory) {

    static final List<Lane> ALL = List.of(
            new Lane("plimsoll", 1, PlimsollContender::new),
            new Lane("by-hand", 1, ByHandContender::new),
            new Lane("namastack", 10, NamastackContender::tuned),
            new Lane("namastack-4", 10, NamastackContender::fourTimes),
            new Lane("namastack-defaults", 200, NamastackContender::withDefaults),
            new Lane("modulith-delete", 10, ModulithContender::deleting),
            new Lane("modulith", 10, ModulithContender::updating));

    /** A business transaction without events: the mark that the cost of publishing is taken from. */
    static final Lane BARE = new Lane("bare", 1, (dataSource, delivered) -> new BareContender(dataSource));
}
