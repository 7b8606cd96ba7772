package io.plimsoll.companion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationParserTest {

    @ParameterizedTest
    @CsvSource({
        "500ms, PT0.5S",
        "2s, PT2S",
        "24h, PT24H",
        "1d, PT24H",
        "3m, PT3M",
        "10us, PT0.00001S",
        "7ns, PT0.000000007S",
        "PT1M30S, PT1M30S",
        "' 2s ', PT2S",
        "0ms, PT0S",
        "-1s, PT-1S",
    })
    void readsWhatPeopleWrite(String text, Duration expected) {
        assertThat(DurationParser.parse(text)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "2", "2 s", "2sec", "2S", "two seconds", "1.5s", "99999999999999999999s", "300000d", "s"})
    void refusesTheRestAndTellsWhatToWrite(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DurationParser.parse(text))
                .withMessageContaining("\"" + text + "\" is not a duration")
                .withMessageContaining("\"500ms\"");
    }

    @ParameterizedTest
    @CsvSource({
        "PT0S, 0ms",
        "PT0.000000007S, 7ns",
        "PT0.00001S, 10us",
        "PT0.34S, 340ms",
        "PT2S, 2s",
        "PT1.5S, 1.5s",
        "PT2.004S, 2.004s",
        "PT3M, 3m",
        "PT90S, 90s",
        "PT24H, 1d",
        "PT-2S, -2s",
    })
    void printsTheWayAPersonWould(Duration duration, String expected) {
        assertThat(DurationParser.format(duration)).isEqualTo(expected);
    }
}
