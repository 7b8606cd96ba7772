package io.plimsoll.processor.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.processor.Javac;
import io.plimsoll.processor.Page;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The examples on a rule's page are compiled: bad ones show what is marked in them, the others show nothing. */
class PagesTellTheTruthTest {

    @TestFactory
    List<DynamicTest> examples() {
        List<DynamicTest> tests = new ArrayList<>();
        for (Rule rule : Services.rules()) {
            for (Page.Example example : Page.of(rule.name()).examples()) {
                tests.add(DynamicTest.dynamicTest(rule.name() + " " + example.sort(), () -> check(rule, example)));
            }
        }
        return tests;
    }

    private static void check(Rule rule, Page.Example example) {
        Profile profile = Profile.valueOf(example.profile().toUpperCase(Locale.ROOT));
        List<String> findings = Javac.compile(List.of("-Aplimsoll.profile=" + example.profile()), example.source())
                .findings();
        if (example.sort().equals("bad")) {
            String kind = rule.severity(profile) == Severity.ERROR ? "error " : "warning ";
            assertThat(findings)
                    .isNotEmpty()
                    .containsExactlyElementsOf(
                            example.marks().stream().map(mark -> kind + mark).toList());
        } else {
            assertThat(findings).isEmpty();
        }
    }
}
