package io.plimsoll.processor.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.processor.Javac;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OptionsTest {

    private static final String EMPTY = "class Empty {}";

    @Test
    void aBadSeverityNamesTheOptionAndWhatIsAccepted() {
        assertThat(Javac.compile(List.of("-Aplimsoll.rule.MissingTimeout=warning"), EMPTY)
                        .messages())
                .containsExactly("[Plimsoll] -Aplimsoll.rule.MissingTimeout=warning is not understood. Accepted are:"
                        + " error, warn, off");
    }

    @Test
    void aBadProfileDoesToo() {
        assertThat(Javac.compile(List.of("-Aplimsoll.profile=relaxed"), EMPTY).messages())
                .containsExactly("[Plimsoll] -Aplimsoll.profile=relaxed is not understood. Accepted are: strict,"
                        + " recommended, adopt");
        assertThat(Options.parse(java.util.Collections.singletonMap("plimsoll.profile", null), List.of())
                        .problems())
                .hasSize(1);
    }

    @Test
    void anUnknownRuleIsAnsweredWithTheKnownOnes() {
        assertThat(Javac.compile(List.of("-Aplimsoll.rule.MissingTimeot=off", "-Xlint:-processing"), EMPTY)
                        .messages())
                .anyMatch(message ->
                        message.startsWith("[Plimsoll] -Aplimsoll.rule.MissingTimeot names no rule. Rules" + " are: ")
                                && message.contains(" MissingTimeout, "));
    }

    @ParameterizedTest
    @ValueSource(strings = {"baselin=a.txt", "Profile=adopt", "rules.MissingTimeout=off", "records"})
    void aMisspeltOptionIsAnsweredWithTheKnownOnes(String option) {
        assertThat(Javac.compile(List.of("-Aplimsoll." + option), EMPTY).messages())
                .contains("[Plimsoll] -Aplimsoll." + option.replaceFirst("=.*", "") + " is no option. Options are:"
                        + " plimsoll.profile, plimsoll.rule.<rule>, plimsoll.baseline, plimsoll.record,"
                        + " plimsoll.report");
    }

    @Test
    void anArgumentOfThePluginIsOursWhateverItsName() {
        assertThat(Options.ofPlugin(Map.of("-Aplimsoll.profile", "adopt"), List.of())
                        .problems())
                .singleElement()
                .asString()
                .startsWith("[Plimsoll] -Aplimsoll.profile is no option. Options are: plimsoll.profile, ");
        assertThat(Options.ofPlugin(Map.of("plimsoll.profile", "adopt"), List.of())
                        .problems())
                .isEmpty();
    }

    @Test
    void aPluginByItselfDoesNotPretendToRecord() {
        assertThat(Options.ofPlugin(Map.of("plimsoll.record", "true"), List.of())
                        .problems())
                .singleElement()
                .asString()
                .startsWith("[Plimsoll] plimsoll.record as an argument of -Xplugin records nothing");
    }

    @Test
    void theCompilerRecognisesEveryOption() {
        assertThat(Javac.compile(
                                List.of(
                                        "-Xlint:processing",
                                        "-Werror",
                                        "-Aplimsoll.profile=strict",
                                        "-Aplimsoll.rule.SelfInvocation=off"),
                                EMPTY)
                        .findings())
                .isEmpty();
    }

    @Test
    void aRuleNamedOnItsOwnBeatsTheProfile() {
        List<Rule> rules = Services.rules();
        Rule missingTimeout = rules.stream()
                .filter(rule -> rule.name().equals("MissingTimeout"))
                .findAny()
                .orElseThrow();

        Options options = Options.parse(
                Map.of("plimsoll.profile", "adopt", "plimsoll.rule.MissingTimeout", "error", "other", "x"), rules);

        assertThat(options.severity(missingTimeout)).isEqualTo(Severity.ERROR);
        assertThat(options.problems()).isEmpty();
    }
}
