package io.plimsoll.processor.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.processor.Javac;
import io.plimsoll.processor.Stub;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UnlockedScheduleTest {

    private static final String IMPORTS = """
            package com.acme;
            import io.plimsoll.idempotency.*;
            import net.javacrumbs.shedlock.spring.annotation.*;
            import org.springframework.context.annotation.*;
            import org.springframework.scheduling.annotation.*;
            """;

    private static final String RUNTIME =
            "@java.lang.annotation.Retention(java.lang.annotation.RetentionPolicy.RUNTIME) ";

    private static Javac.Result compile(String profile, String code, String... others) {
        List<String> sources = new ArrayList<>(List.of(others));
        sources.add(IMPORTS + code);
        return Javac.compile(List.of("-Aplimsoll.profile=" + profile), sources.toArray(String[]::new));
    }

    private static List<String> findings(String code, String... others) {
        return compile("strict", code, others).findingsOf("UnlockedSchedule");
    }

    @Test
    void aScheduleIsShownAtTheAnnotation() {
        Javac.Result result = compile("strict", """
                class Jobs {
                    @Scheduled(cron = "0 0 3 * * *")
                    void cleanUp() {}
                }
                """);

        assertThat(result.findingsOf("UnlockedSchedule")).containsExactly("error UnlockedSchedule 7:5");
        assertThat(result.messages())
                .contains(
                        "[UnlockedSchedule] Every instance of the application runs Jobs.cleanUp. With a second instance"
                                + " the work is done twice, and at the same time. Fix: @SchedulerLock(name = \"Jobs.cleanUp\","
                                + " lockAtMostFor = \"10m\") of ShedLock, @Profile or @ConditionalOnProperty where one instance"
                                + " is chosen, or @SuppressWarnings(\"plimsoll:UnlockedSchedule\") if each instance has work of"
                                + " its own. See: https://github.com/plimsoll/plimsoll/blob/main/docs/rules/UnlockedSchedule.md");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "class Jobs { @Scheduled(fixedDelay = 1) void run() {} } | 14",
                "class Jobs { @Scheduled(cron = \"${cron}\") void run() {} } | 14",
                "class Jobs { @Scheduled(cron = \"${cron:0 - }\") void run() {} } | 14",
                "class Jobs { @Scheduled(fixedDelay = 1) @Scheduled(cron = \"0 0 3 * * *\") void run() {} } | 79",
                "class Jobs { @Hourly void run() {} } @Scheduled(fixedDelay = 1) " + RUNTIME
                        + "@interface Hourly {} | 14",
                "class Jobs { @Scheduled(fixedDelay = 1) @Block void run() {} } @interface Block {} | 14",
                "class Jobs { java.util.concurrent.locks.Lock lock; int i; @Scheduled(fixedDelay = 1) void run() {} } | 59",
                "class Jobs { java.time.Clock clock; @Scheduled(fixedDelay = 1) void run() {} } | 37",
                "class Jobs { @SchedulerLock(name = \"a\") void other() {} @Scheduled(fixedDelay = 1) void run() {} } | 57",
            })
    void eachWayToScheduleIsFound(String code, int column) {
        assertThat(findings(code)).containsExactly("error UnlockedSchedule 6:" + column);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "class Jobs { @Scheduled(fixedDelay = 1) @SchedulerLock(name = \"a\") void run() {} }",
                "class Jobs { @Night void run() {} } @Scheduled(fixedDelay = 1) @SchedulerLock(name = \"a\") " + RUNTIME
                        + "@interface Night {}",
                "class Jobs { @Scheduled(fixedDelay = 1) @OurLock void run() {} } " + RUNTIME + "@interface OurLock {}",
                "class Jobs { @Scheduled(fixedDelay = 1) @LeaderOnly void run() {} } " + RUNTIME
                        + "@interface LeaderOnly {}",
                "class Jobs { @Scheduled(fixedDelay = 1) @Idempotent(key = \"1\") void run() {} }",
                "class Jobs { @Scheduled(fixedDelay = 1) @Profile(\"batch\") void run() {} }",
                "@Profile(\"batch\") class Jobs { @Scheduled(fixedDelay = 1) void run() {} }",
                "@Profile(\"batch\") class Outer { static class Jobs { @Scheduled(fixedDelay = 1) void run() {} } }",
                "class Jobs extends Base { @Scheduled(fixedDelay = 1) void run() {} } @Profile(\"batch\") class Base {}",
                "@OnBatch class Jobs { @Scheduled(fixedDelay = 1) void run() {} }" + " @Conditional(Yes.class) "
                        + RUNTIME + "@interface OnBatch {} abstract class Yes implements Condition {}",
                "class Jobs { @Scheduled(cron = \"-\") void run() {} }",
                "class Jobs { @Scheduled(cron = \"${cron:-}\") void run() {} }",
                "class Jobs { net.javacrumbs.shedlock.core.LockProvider p; @Scheduled(fixedDelay = 1) void run() {} }",
                "class Jobs extends Base { @Scheduled(fixedDelay = 1) void run() {} }"
                        + " class Base { net.javacrumbs.shedlock.core.LockingTaskExecutor e; }",
                "abstract class Jobs { @Scheduled(fixedDelay = 1) void run() {} }",
                "class Jobs { void run() {} }",
            })
    void whereSomeoneHasDecidedNothingIsSaid(String code) {
        assertThat(findings(code)).isEmpty();
    }

    @Test
    void theLockOfAnotherLibraryCounts() {
        assertThat(findings(
                        "class Jobs { org.redisson.api.RedissonClient r; @Scheduled(fixedDelay = 1) void run() {} }",
                        Stub.type("org.redisson.api.RedissonClient")))
                .isEmpty();
    }

    @Test
    void itIsSilentWhereSomethingIsUnknown() {
        assertThat(compile("strict", """
                                class Jobs { @Scheduled(fixedDelay = 1) @Unknown void run() {} }
                                class More extends Unknown { @Scheduled(fixedDelay = 1) void run() {} }
                                """).findings()).noneMatch(each -> each.contains("UnlockedSchedule"));
    }

    @Test
    void itIsSuppressedOnTheElementOrTheClass() {
        assertThat(findings("""
                class Outer {
                    @SuppressWarnings("plimsoll:UnlockedSchedule") @Scheduled(fixedDelay = 1) void run() {}
                    @SuppressWarnings("plimsoll:UnlockedSchedule") static class D {
                        @Scheduled(fixedDelay = 1) void run() {}
                    }
                }
                """)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"recommended", "adopt"})
    void itIsStrictOnly(String profile) {
        assertThat(compile(profile, "class Jobs { @Scheduled(fixedDelay = 1) void run() {} }")
                        .findingsOf("UnlockedSchedule"))
                .isEmpty();
    }
}
