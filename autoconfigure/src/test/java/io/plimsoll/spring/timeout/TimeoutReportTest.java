package io.plimsoll.spring.timeout;

import static io.micrometer.observation.tck.TestObservationRegistryAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.observation.Observation;
import io.micrometer.observation.tck.TestObservationRegistry;
import io.plimsoll.spring.weaving.WeavingAutoConfiguration;
import io.plimsoll.timeout.CommitOutcomeUnknownException;
import io.plimsoll.timeout.Timeout;
import io.plimsoll.timeout.TimeoutExceededException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.http.ProblemDetail;

/** Every call that was cut says the budget, who set it, how much was spent and where: once each. */
@ExtendWith(OutputCaptureExtension.class)
class TimeoutReportTest {

    private final TestObservationRegistry observations = TestObservationRegistry.create();
    private final ApplicationContextRunner application = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(WeavingAutoConfiguration.class, TimeoutAutoConfiguration.class))
            .withBean(TestObservationRegistry.class, () -> observations)
            .withBean(Slow.class)
            .withBean(Caller.class);

    @Test
    void aCutIsOneLineInTheLog(CapturedOutput output) {
        cut();

        String method = Slow.class.getName() + ".forever";
        assertThat(output.getOut().lines().filter(line -> line.contains("The budget of")))
                .singleElement()
                .asString()
                .contains("WARN", "The budget of 50ms set by " + method + " was exceeded: cut after ")
                .endsWith("ms, in the application's own code");
        assertThat(output).doesNotContain("\tat ");
    }

    @Test
    void aCutIsAnObservationBelowTheCurrentOne() {
        cut();

        assertThat(observations)
                .hasNumberOfObservationsWithNameEqualTo("plimsoll.timeout", 1)
                .hasObservationWithNameEqualTo("plimsoll.timeout")
                .that()
                .hasParentObservationContextMatching(parent -> parent.getName().equals("request"))
                .hasLowCardinalityKeyValue("method", Slow.class.getName() + ".forever")
                .hasLowCardinalityKeyValue("budget", "50ms")
                .hasLowCardinalityKeyValue("call", "code")
                .hasHighCardinalityKeyValue("activity", "the application's own code")
                .hasHighCardinalityKeyValueWithKey("elapsed")
                .hasError()
                .hasBeenStopped();
    }

    @Test
    void aCallThatEndsInTimeIsNotObserved() {
        application.run(context -> context.getBean(Slow.class).fast());

        assertThat(observations).doesNotHaveAnyObservation();
    }

    @Test
    void aReportThatFailsDoesNotTakeThePlaceOfTheAnswer() {
        application
                .withBean("broken", TimeoutReport.class, () -> cut -> {
                    throw new IllegalStateException("no room for a log");
                })
                .run(context -> assertThatThrownBy(
                                () -> context.getBean(Slow.class).forever())
                        .isInstanceOf(TimeoutExceededException.class));
    }

    @Test
    void aProblemMayBeBrief() {
        TimeoutExceededException failure = new TimeoutExceededException(
                Duration.ofSeconds(2),
                Duration.ofMillis(2004),
                "com.acme.Orders.place",
                "http",
                "an HTTP call to bank");

        assertThat(properties(new TimeoutProblem(TimeoutProblem.Detail.BRIEF).of(failure)))
                .containsExactlyInAnyOrderEntriesOf(Map.of("code", "timeout_exceeded", "budget", "2s"));
        assertThat(properties(new TimeoutProblem(TimeoutProblem.Detail.FULL).of(failure)))
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "code", "timeout_exceeded",
                        "budget", "2s",
                        "setBy", "Orders.place",
                        "elapsed", "2.004s",
                        "in", "an HTTP call to bank"));
    }

    @Test
    void anUnknownCommitHasACodeOfItsOwn() {
        ProblemDetail problem = new TimeoutProblem(TimeoutProblem.Detail.BRIEF)
                .of(new CommitOutcomeUnknownException(
                        Duration.ofSeconds(10),
                        Duration.ofSeconds(2),
                        Duration.ofSeconds(11),
                        "com.acme.Orders.place"));

        assertThat(problem.getStatus()).isEqualTo(504);
        assertThat(problem.getDetail()).contains("not known whether it took effect");
        assertThat(properties(problem)).containsEntry("code", "commit_outcome_unknown");
    }

    private static Map<String, Object> properties(ProblemDetail problem) {
        return problem.getProperties() == null ? Map.of() : problem.getProperties();
    }

    private void cut() {
        application.run(
                context -> Observation.createNotStarted("request", observations).observe(() -> assertThatThrownBy(
                                () -> context.getBean(Caller.class).call())
                        .isInstanceOf(TimeoutExceededException.class)));
    }

    static class Slow {

        @Timeout("50ms")
        public void forever() throws InterruptedException {
            Timed.forever();
        }

        @Timeout("1m")
        public void fast() {}
    }

    static class Caller {

        private final Slow slow;

        Caller(Slow slow) {
            this.slow = slow;
        }

        @Timeout("1m")
        public void call() throws InterruptedException {
            slow.forever();
        }
    }
}
