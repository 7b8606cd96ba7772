package io.plimsoll.spring.timeout;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.spring.weaving.WeavingAutoConfiguration;
import io.plimsoll.timeout.Timeout;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class StartUpChecksTest {

    private final ApplicationContextRunner application = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(
                    WeavingAutoConfiguration.class, TimeoutAutoConfiguration.class, WireAutoConfiguration.class));

    @ParameterizedTest
    @ValueSource(strings = {"500ms", "PT0.9S", "1ms"})
    void aTransactionTimeoutThatBootCutsToNothingStopsTheStart(String timeout) {
        application
                .withPropertyValues("spring.transaction.default-timeout=" + timeout)
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .hasMessageContaining("spring.transaction.default-timeout")
                        .hasMessageContaining("every transaction fails at its first statement")
                        .hasMessageContaining("Set it to 1s or more"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"2", "1s", "1500ms", "0s", "-1"})
    void othersPass(String timeout) {
        application
                .withPropertyValues("spring.transaction.default-timeout=" + timeout)
                .run(context -> assertThat(context).hasNotFailed());
    }

    @Test
    void aBudgetThatOutlivesTheShutdownIsNamed(CapturedOutput output) {
        application.withBean(Slow.class).run(context -> assertThat(context).hasNotFailed());

        assertThat(output)
                .contains("longer than spring.lifecycle.timeout-per-shutdown-phase (30s)")
                .contains(Slow.class.getName() + ".report")
                .doesNotContain(Slow.class.getName() + ".quick");
    }

    @ParameterizedTest
    @ValueSource(strings = {"server.shutdown=immediate", "spring.lifecycle.timeout-per-shutdown-phase=10m"})
    void orItIsNot(String property, CapturedOutput output) {
        application.withBean(Slow.class).withPropertyValues(property).run(context -> assertThat(context)
                .hasNotFailed());

        assertThat(output).doesNotContain("timeout-per-shutdown-phase");
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.0.0.0/33", "payments", "10.0.0", "::1/129", ""})
    void aPeerThatIsNoneIsNamed(String peer) {
        application
                .withPropertyValues("plimsoll.timeout.wire.mode=enforce", "plimsoll.timeout.wire.trusted-peers=" + peer)
                .run(context -> assertThat(context)
                        .getFailure()
                        .hasStackTraceContaining("plimsoll.timeout.wire.trusted-peers"));
    }

    static class Slow {

        @Timeout("5m")
        public void report() {}

        @Timeout("5s")
        public void quick() {}
    }
}
