package io.plimsoll.benchmarks.outbox;

import io.plimsoll.benchmarks.Spread;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * The turns of several contenders, interleaved: each round starts with another one, so that what the machine does meanwhile meets
 * all of them. A ratio is taken within a round.
 *
 * @param turns by contender, one for each round
 */
record Rounds<T>(Map<Lane, List<T>> turns) {

    /** One contender's turn. */
    @FunctionalInterface
    interface Round<T> {
        T turn(Lane lane) throws Exception;
    }

    static <T> Rounds<T> of(String what, List<Lane> lanes, Options options, Round<T> round) throws Exception {
        Map<Lane, List<T>> turns = new LinkedHashMap<>();
        lanes.forEach(lane -> turns.put(lane, new ArrayList<>()));
        for (int number = -options.warmups(); number < options.rounds(); number++) {
            for (int turn = 0; turn < lanes.size(); turn++) {
                Lane lane = lanes.get(Math.floorMod(number + turn, lanes.size()));
                T result = round.turn(lane);
                System.err.println(what + ", round " + (number + 1) + ", " + lane.name() + ": " + result);
                if (number >= 0) {
                    all(turns, lane).add(result);
                }
            }
        }
        return new Rounds<>(turns);
    }

    private static <T> List<T> all(Map<Lane, List<T>> turns, Lane lane) {
        return turns.getOrDefault(lane, List.of());
    }

    List<T> of(Lane lane) {
        return all(turns, lane);
    }

    Spread spread(Lane lane, ToDoubleFunction<T> figure) {
        return Spread.of(of(lane).stream().mapToDouble(figure));
    }

    /** How many times as much one contender makes as another one in the same round. */
    Spread ratio(Lane lane, Lane to, ToDoubleFunction<T> figure) {
        List<T> mine = of(lane);
        List<T> others = of(to);
        return Spread.of(IntStream.range(0, mine.size())
                .mapToDouble(round -> figure.applyAsDouble(mine.get(round)) / figure.applyAsDouble(others.get(round))));
    }
}
