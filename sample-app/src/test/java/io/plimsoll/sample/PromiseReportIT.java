package io.plimsoll.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The build of the shop leaves a report of what its entry points promise. */
class PromiseReportIT {

    @Test
    void theReportNamesWhatPlacingAnOrderPromises() {
        assertThat(Path.of("target/plimsoll/plimsoll-report.md"))
                .content()
                .containsPattern("\\| OrderController.place +\\| request handler +\\| 2s \\(OrderController\\) +\\|"
                        + " Idempotency-Key for 24h +\\|");
        assertThat(Path.of("target/plimsoll/plimsoll-report.json"))
                .content()
                .contains("\"timeout\":\"2s (OrderController)\",\"idempotency\":\"Idempotency-Key for 24h\"");
    }
}
