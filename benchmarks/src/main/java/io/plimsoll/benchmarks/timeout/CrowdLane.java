package io.plimsoll.benchmarks.timeout;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What the crowd calls.
 *
 * @param parks how often a call waits
 * @param park how long each time
 * @param end when a call ends, counted from its start
 * @param cut whether it must be cut for that
 */
record CrowdLane(String name, Visit visit, int parks, Duration park, Duration end, boolean cut, List<CrowdTurn> turns) {

    /** Calls that end by themselves. */
    static CrowdLane held(String name, Visit visit, int parks, Duration time) {
        return new CrowdLane(name, visit, parks, time.dividedBy(parks), time, false, new ArrayList<>());
    }

    /** Calls that would go on for ten times their budget. */
    static CrowdLane cut(String name, Visit visit, Duration budget) {
        return new CrowdLane(name, visit, 1, budget.multipliedBy(10), budget, true, new ArrayList<>());
    }
}
