package io.plimsoll.processor.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.processor.Javac;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The examples on a rule's page are compiled: bad ones show that rule and no other, good ones show nothing. */
class PagesTellTheTruthTest {

    private static final Pattern EXAMPLE = Pattern.compile("```java (\\w+)\n(.*?)```", Pattern.DOTALL);

    @TestFactory
    List<DynamicTest> examples() throws IOException {
        List<DynamicTest> tests = new ArrayList<>();
        for (Rule rule : Services.rules()) {
            Path page = Path.of(System.getProperty("plimsoll.docs"), "rules", rule.name() + ".md");
            Matcher example = EXAMPLE.matcher(Files.readString(page));
            while (example.find()) {
                String sort = example.group(1);
                String source = example.group(2);
                tests.add(DynamicTest.dynamicTest(rule.name() + " " + sort, () -> check(rule, sort, source)));
            }
        }
        return tests;
    }

    private static void check(Rule rule, String sort, String source) {
        List<String> findings = Javac.compile("package com.acme;\n" + source).findings();
        if (sort.equals("bad")) {
            String kind = rule.severity(Profile.RECOMMENDED) == Severity.ERROR ? "error " : "warning ";
            assertThat(findings).isNotEmpty().allMatch(each -> each.startsWith(kind + rule.name() + " "));
        } else {
            assertThat(findings).isEmpty();
        }
    }
}
