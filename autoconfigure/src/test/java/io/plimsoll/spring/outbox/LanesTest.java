package io.plimsoll.spring.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LanesTest {

    /**
     * Seen by {@link OutboxCrashTest}: a bucket came back to one who had had it before, and was read before he had forgotten
     * what he knew of it. A key that another had taken out of the way meanwhile was overtaken by its later events.
     */
    @Test
    void aBucketCannotBeTakenBeforeWhatWasKnownOfItIsForgotten() {
        Lanes lanes = new Lanes();
        List<Lanes.Held> takenTooEarly = new ArrayList<>();
        lanes.hold(Map.of(7, 1L), bucket -> takenTooEarly.addAll(lanes.take()));
        assertThat(takenTooEarly).isEmpty();
        assertThat(lanes.take()).containsExactly(new Lanes.Held(7, 1));

        lanes.hold(Map.of(), bucket -> {});
        lanes.hold(Map.of(7, 3L), bucket -> takenTooEarly.addAll(lanes.take()));
        assertThat(takenTooEarly).isEmpty();
        assertThat(lanes.take()).containsExactly(new Lanes.Held(7, 3));
    }

    @Test
    void whileTheSinkDoesNotAnswerOneIsTriedAndTheOthersWaitForIt() {
        Lanes lanes = new Lanes();
        lanes.hold(Map.of(1, 1L, 2, 1L), bucket -> {});
        lanes.take().forEach(held -> {
            assertThat(lanes.mayTry()).isTrue();
            lanes.untried(held);
        });
        assertThat(lanes.unavailable()).isTrue();
        List<Lanes.Held> later = new ArrayList<>();
        while (later.isEmpty()) { // The first pause is a tenth of a second at most.
            later.addAll(lanes.take());
        }
        assertThat(later).hasSize(2);
        assertThat(lanes.mayTry()).isTrue();
        assertThat(lanes.mayTry()).isFalse();
        later.forEach(lanes::untried);
        assertThat(lanes.take()).isEmpty();

        assertThat(lanes.cameBack(true)).isTrue();
        assertThat(lanes.take()).hasSize(2);
    }
}
