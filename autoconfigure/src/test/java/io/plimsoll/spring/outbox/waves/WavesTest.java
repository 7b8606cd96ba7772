package io.plimsoll.spring.outbox.waves;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.plimsoll.outbox.sink.OutboxMessage;
import io.plimsoll.spring.outbox.Answers;
import io.plimsoll.spring.outbox.waves.Waves.Outcome;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A receiver that answers when the test says so. */
class WavesTest {

    private final OutboxMessage a1 = Answers.message("orders", "a", "1");
    private final OutboxMessage a2 = Answers.message("orders", "a", "2");
    private final OutboxMessage a3 = Answers.message("orders", "a", "3");
    private final OutboxMessage b1 = Answers.message("orders", "b", "1");
    private final OutboxMessage b2 = Answers.message("orders", "b", "2");
    private final List<OutboxMessage> all = List.of(a1, a2, b1, a3, b2);

    private final Map<OutboxMessage, Consumer<Outcome>> underWay = new ConcurrentHashMap<>();
    private final AtomicInteger over = new AtomicInteger();
    private final Answers answers = new Answers(all);
    private Waves waves = waves(Duration.ofSeconds(30), 100);

    private final Waves.Handover receiver = new Waves.Handover() {
        @Override
        public void start(OutboxMessage message, Consumer<Outcome> outcome) {
            underWay.put(message, outcome);
        }

        @Override
        public void over() {
            over.incrementAndGet();
        }
    };

    private static Waves waves(Duration whole, int atOnce) {
        return Waves.of("test", atOnce, new Waves.Times(Duration.ofSeconds(20), whole));
    }

    @AfterEach
    void close() {
        waves.close();
    }

    private void awaitUnderWay(OutboxMessage... messages) {
        await().until(() -> underWay.keySet().containsAll(List.of(messages)));
        assertThat(underWay).containsOnlyKeys(messages);
    }

    private void answer(OutboxMessage message, Outcome outcome) {
        Objects.requireNonNull(underWay.remove(message)).accept(outcome);
    }

    @Test
    void oneOfEachKeyIsUnderWayAndTheNextOnceThatIsDelivered() {
        waves.send(all, answers, receiver);

        awaitUnderWay(a1, b1);
        answer(b1, Outcome.delivered());
        awaitUnderWay(a1, b2);
        answer(a1, Outcome.delivered());
        awaitUnderWay(a2, b2);
        answer(a2, Outcome.delivered());
        answer(b2, Outcome.delivered());
        awaitUnderWay(a3);
        assertThat(over).hasValue(0);
        answer(a3, Outcome.delivered());

        assertThat(answers.delivered()).containsExactly(b1, a1, a2, b2, a3);
        assertThat(over).hasValue(1);
    }

    @Test
    void afterOneThatFailsNoneOfItsKeyIsHandedOver() {
        waves.send(all, answers, receiver);
        awaitUnderWay(a1, b1);

        answer(a1, Outcome.failed("no"));
        answer(b1, Outcome.delivered());
        awaitUnderWay(b2);
        answer(b2, Outcome.rejected("never"));

        assertThat(answers.failed()).containsExactly(a1);
        assertThat(answers.notSent()).containsExactly(a2, a3);
        assertThat(answers.delivered()).containsExactly(b1);
        assertThat(answers.rejected()).containsExactly(b2);
        assertThat(over).hasValue(1);
    }

    /** Before that the bucket must not get to somebody else, as what is under way may still arrive. */
    @Test
    void anUnavailableReceiverIsToldOfWhenNothingIsUnderWay() {
        waves.send(all, answers, receiver);
        awaitUnderWay(a1, b1);

        answer(a1, Outcome.unavailable("down"));
        assertThat(answers.saidUnavailable()).isFalse();
        answer(b1, Outcome.delivered());

        assertThat(answers.saidUnavailable()).isTrue();
        assertThat(answers.delivered()).containsExactly(b1);
        assertThat(answers.notSent()).containsExactlyInAnyOrder(a1, a2, a3, b2);
        assertThat(underWay).isEmpty();
        assertThat(over).hasValue(1);
    }

    @Test
    void noMoreAreUnderWayThanAreToBe() {
        waves.close();
        waves = waves(Duration.ofSeconds(30), 1);
        waves.send(all, answers, receiver);

        awaitUnderWay(a1);
        answer(a1, Outcome.delivered());
        awaitUnderWay(b1);
    }

    @Test
    void aReceiverThatNeverAnswersIsUnavailable() {
        waves.close();
        waves = waves(Duration.ofMillis(200), 100);
        waves.send(all, answers, receiver);

        await().until(answers::complete);

        assertThat(answers.saidUnavailable()).isTrue();
        assertThat(over).hasValue(1);
    }

    @Test
    void aMessageWithoutAnAnswerHasFailedIfOthersHaveOne() {
        waves.close();
        waves = waves(Duration.ofSeconds(2), 100);
        waves.send(all, answers, receiver);
        awaitUnderWay(a1, b1);
        Consumer<Outcome> late = Objects.requireNonNull(underWay.get(b1));
        answer(a1, Outcome.delivered());
        awaitUnderWay(a2, b1);

        await().until(answers::complete);
        late.accept(Outcome.delivered());

        assertThat(answers.delivered()).containsExactly(a1);
        assertThat(answers.failed()).containsExactlyInAnyOrder(a2, b1);
        assertThat(answers.notSent()).containsExactlyInAnyOrder(a3, b2);
        assertThat(underWay).containsOnlyKeys(a2, b1);
        assertThat(over).hasValue(1);
    }

    @Test
    void aSecondAnswerIsNone() {
        waves.send(all, answers, receiver);
        awaitUnderWay(a1, b1);
        Consumer<Outcome> outcome = Objects.requireNonNull(underWay.get(a1));

        answer(a1, Outcome.failed("no"));
        outcome.accept(Outcome.delivered());

        assertThat(underWay).containsOnlyKeys(b1);
        assertThat(answers.notSent()).containsExactly(a2, a3);
    }
}
