package io.plimsoll.processor.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class RulesHaveTestsAndPagesTest {

    private static final Path PAGES = Path.of(System.getProperty("plimsoll.docs"), "rules");

    @Test
    void theServiceFilesNameAllRules() {
        assertThat(Services.rules().stream().map(Rule::name))
                .contains("MissingTimeout", "InvalidDuration", "UnproxyableMethod", "SelfInvocation");
    }

    @Test
    void everyRuleHasATestOfItsName() {
        for (Rule rule : Services.rules()) {
            assertThatCode(() -> Class.forName(rule.getClass().getName() + "Test"))
                    .as("the test of " + rule.name())
                    .doesNotThrowAnyException();
        }
    }

    @Test
    void everyRuleHasAPageAndALineInTheIndex() throws Exception {
        String index = Files.readString(PAGES.resolve("README.md"));
        for (Rule rule : Services.rules()) {
            Path page = PAGES.resolve(rule.name() + ".md");
            assertThat(page).exists();
            assertThat(Files.readString(page))
                    .startsWith("# " + rule.name() + "\n")
                    .contains("-Aplimsoll.rule." + rule.name() + "=")
                    .contains("```java bad", "```java good", "```java suppressed");
            assertThat(index).contains("[" + rule.name() + "](" + rule.name() + ".md)");
        }
    }

    @Test
    void theIndexTellsTheRealSeverities() throws Exception {
        List<String> index = Files.readAllLines(PAGES.resolve("README.md"));
        for (Rule rule : Services.rules()) {
            String severities = Arrays.stream(Profile.values())
                    .map(profile -> word(rule, profile))
                    .collect(Collectors.joining(" | ", " | ", " | "));
            assertThat(index)
                    .as(rule.name() + severities)
                    .anyMatch(line -> line.startsWith("| [" + rule.name() + "](") && line.contains(severities));
        }
    }

    private static String word(Rule rule, Profile profile) {
        return rule.severity(profile).name().toLowerCase(java.util.Locale.ROOT);
    }
}
