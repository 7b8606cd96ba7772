package io.plimsoll.benchmarks.idempotency;

import java.util.ArrayList;
import java.util.List;

/** A contender with what is known of it. */
record Lane(Contender contender, Cost cost, List<Turn> turns) {

    Lane(Contender contender, Cost cost) {
        this(contender, cost, new ArrayList<>());
    }

    String name() {
        return contender.name();
    }
}
