package io.plimsoll.sample.chaos;

import io.plimsoll.companion.DurationParser;
import io.plimsoll.sample.problem.InvalidFieldException;
import io.plimsoll.timeout.Timeout;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Makes the database or the payment gateway slow, for real. */
@RestController
@RequestMapping("/chaos")
@Timeout("1s")
class ChaosController {

    private static final Duration LONGEST = Duration.ofMinutes(1);

    private final Chaos chaos;

    ChaosController(Chaos chaos) {
        this.chaos = chaos;
    }

    @PutMapping("/database")
    public State slowDatabase(@Valid @RequestBody Slowness slowness) {
        chaos.slowDatabase(delay(slowness));
        return state();
    }

    @PutMapping("/payment")
    public State slowPayment(@Valid @RequestBody Slowness slowness) {
        chaos.slowPayment(delay(slowness), Boolean.TRUE.equals(slowness.drip()));
        return state();
    }

    @DeleteMapping
    @ResponseStatus(HttpStatus.NO_CONTENT)
    public void reset() {
        chaos.reset();
    }

    private State state() {
        return new State(DurationParser.format(chaos.database()), DurationParser.format(chaos.payment()));
    }

    private static Duration delay(Slowness slowness) {
        Duration delay;
        try {
            delay = DurationParser.parse(slowness.delay());
        } catch (IllegalArgumentException e) {
            throw new InvalidFieldException("delay", String.valueOf(e.getMessage()));
        }
        if (delay.isNegative() || delay.compareTo(LONGEST) > 0) {
            throw new InvalidFieldException("delay", "must be between 0s and " + DurationParser.format(LONGEST));
        }
        return delay;
    }

    record Slowness(@NotNull String delay, @Nullable Boolean drip) {}

    record State(String database, String payment) {}
}
