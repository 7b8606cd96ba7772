package io.plimsoll.processor.logging;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.processor.Javac;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SensitiveInLogTest {

    private static final String IMPORTS = """
            package com.acme;
            import io.plimsoll.sensitive.Sensitive;
            import java.util.*;
            import java.util.function.*;
            import org.slf4j.*;
            """;

    /** The method under test stands in line 8; a « in it is where the compiler is to point. */
    private static List<String> findings(String method) {
        return Javac.compile(IMPORTS + """
                class Payments {
                    private static final Logger log = LoggerFactory.getLogger(Payments.class);
                %s
                    String mask(String value) { return "****"; }
                    String mask(Object value) { return "****"; }
                    @Sensitive String token() { return ""; }
                    @Sensitive static String session = "";
                    @Pan String pan;
                }
                record Card(@Sensitive String number, String owner) {}
                record Masked(@Sensitive String number) { public String toString() { return "****"; } }
                record MaskedAccessor(@Sensitive String number) { public String number() { return "****"; } }
                record Order(String id, Card card) {}
                class Account {
                    @Sensitive private String iban;
                    @Sensitive private boolean blocked;
                    String getIban() { return iban; }
                    String iban() { return this.iban; }
                    boolean isBlocked() { return blocked; }
                    private @Sensitive String name;
                    String getName() { return name.substring(0, 1) + "***"; }
                    public String name() { return "?"; }
                    String getOther(String iban) { return iban; }
                }
                class Shown {
                    private @Sensitive String pin;
                    private String name;
                    String getPin() { return pin; }
                    public String toString() { return "Shown(pin=" + this.getPin() + ")"; }
                }
                class Hidden {
                    private @Sensitive String pin;
                    public String toString() { return "Hidden(" + pin.length() + ")"; }
                }
                class Plain { @Sensitive String pin; }
                @Sensitive class Iban {}
                class GermanIban extends Iban {}
                interface Secret { @Sensitive String value(); }
                class Vault implements Secret { public String value() { return ""; } }
                record Left(Right right) {}
                record Right(Left left, @Sensitive int pin) {}
                @Sensitive @java.lang.annotation.Retention(java.lang.annotation.RetentionPolicy.RUNTIME) @interface Pan {}
                """.formatted(method)).findings();
    }

    @Test
    void aSensitiveArgumentOfALoggerIsShownWhereItStands() {
        Javac.Result result = Javac.compile(IMPORTS + """
                class Payments {
                    private static final Logger log = LoggerFactory.getLogger(Payments.class);
                    void pay(Card card) {
                        log.info("paying {} with {}", card.owner(), card.number());
                        log.info("{}", card);
                    }
                }
                record Card(@Sensitive String number, String owner) {}
                """);

        assertThat(result.findings()).containsExactly("error SensitiveInLog 9:57", "error SensitiveInLog 10:24");
        assertThat(result.messages())
                .containsExactly(
                        "[SensitiveInLog] Card.number is @Sensitive and is given to info(...). Logs are copied, searched"
                                + " and kept for years: what is once in them cannot be taken back. Fix: leave it out, or log"
                                + " what a method of yours makes of it, such as mask(value). See:"
                                + " https://github.com/plimsoll/plimsoll/blob/main/docs/rules/SensitiveInLog.md",
                        "[SensitiveInLog] Card.number, which Card.toString prints, is @Sensitive and is given to info(...)."
                                + " Logs are copied, searched and kept for years: what is once in them cannot be taken back."
                                + " Fix: leave it out, or log what a method of yours makes of it, such as mask(value). See:"
                                + " https://github.com/plimsoll/plimsoll/blob/main/docs/rules/SensitiveInLog.md");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "void x(@Sensitive String s) { log.info(\"{}\", «s); }",
                "void x(@Sensitive String s) { log.info(\"a\" + «s); }",
                "void x(@Sensitive String s) { log.info(\"a\" + («s) + \"b\"); }",
                "void x(@Sensitive String s) { log.info(\"a\" + 1 + «s + \"b\"); }",
                "void x(@Sensitive String s) { log.info(String.format(\"%s\", «s)); }",
                "void x(@Sensitive String s) { log.info(\"%s\".formatted(«s)); }",
                "void x(@Sensitive String s) { log.info(«s.formatted()); }",
                "void x(@Sensitive int s) { log.info(String.valueOf(«s)); }",
                "void x(@Sensitive Object s) { log.info(«s.toString()); }",
                "void x(@Sensitive String s) { log.info(«s.trim()); }",
                "void x(@Sensitive String s) { log.info(\"{}\", (Object) «s); }",
                "void x(@Sensitive String s) { log.info(\"{}\", s == null ? \"-\" : «s); }",
                "void x(@Sensitive String s) { log.info(\"{}\", s != null ? «s : \"-\"); }",
                "void x(@Sensitive String s) { log.info(\"{} {} {}\", new Object[] {1, «s}); }",
                "void x(@Sensitive String s) { log.info(\"{}\", List.of(«s)); }",
                "void x(@Sensitive String s) { log.trace(\"{}\", «s); }",
                "void x(@Sensitive String s) { log.debug(\"{}\", «s); }",
                "void x(@Sensitive String s) { log.warn(\"{}\", «s); }",
                "void x(@Sensitive String s) { log.error(\"{}\", «s, null); }",
                "void x(@Sensitive String s) { log.atInfo().addArgument(«s).log(\"{}\"); }",
                "void x(@Sensitive String s) { log.atInfo().addArgument(() -> «s).log(\"{}\"); }",
                "void x(@Sensitive String s) { log.atInfo().addKeyValue(\"s\", «s).log(\"a\"); }",
                "void x(@Sensitive String s) { log.atInfo().log(\"{}\", «s); }",
                "void x(@Sensitive String s) { MDC.put(\"s\", «s); }",
                "void x(@Sensitive String s) { System.out.println(«s); }",
                "void x(@Sensitive String s) { System.err.printf(\"%s\", «s); }",
                "void x(@Sensitive String s) { System.out.print(\"s\" + «s); }",
                "void x(Card c) { log.info(\"{}\", c«.number()); }",
                "void x(Card c) { log.atInfo().addArgument(«c::number).log(\"{}\"); }",
                "void x(Account a) { log.info(\"{}\", a«.getIban()); }",
                "void x(Account a) { log.info(\"{}\", a«.iban()); }",
                "void x() { log.info(\"{}\", «token()); }",
                "void x() { log.info(\"{}\", this«.token()); }",
                "void x() { log.info(\"{}\", «session); }",
                "void x() { log.info(\"{}\", Payments«.session); }",
                "void x() { log.info(\"{}\", «pan); }",
                "void x(Card c) { String n = c.number(); log.info(«n); }",
                "void x(Account a) { String n = a.getIban(); log.info(«n); }",
                "void x(@Sensitive String s) { String n = s; log.info(«n); }",
                "void x() { @Sensitive String n = \"\"; n = \"a\"; log.info(«n); }",
                "void x(Card c) { log.info(\"{}\", «c); }",
                "void x(Card c) { log.info(\"\" + «c); }",
                "void x(Order o) { log.info(\"{}\", «o); }",
                "void x(Order o) { log.info(\"{}\", o«.card()); }",
                "void x(List<Order> o) { log.info(\"{}\", «o); }",
                "void x(Optional<Card> o) { log.info(\"{}\", «o); }",
                "void x(Map<String, Card> o) { log.info(\"{}\", «o); }",
                "void x(Shown s) { log.info(\"{}\", «s); }",
                "void x(Iban i) { log.info(\"{}\", «i); }",
                "void x(GermanIban i) { log.info(\"{}\", «i); }",
                "void x() { log.info(\"{}\", «new Iban()); }",
                "void x(Secret s) { log.info(\"{}\", s«.value()); }",
                "void x(Vault s) { log.info(\"{}\", s«.value()); }",
                "void x(Left l) { log.info(\"{}\", «l); }",
            })
    void everyWayIntoALogIsSeen(String method) {
        assertThat(findings(method.replace("«", "")))
                .containsExactly("error SensitiveInLog 8:" + (method.indexOf('«') + 1));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "void x(@Sensitive String s) { log.info(\"{}\", mask(s)); }",
                "void x(@Sensitive String s) { log.info(\"{}\", s.length()); }",
                "void x(@Sensitive String s) { log.info(\"{}\", s.substring(12)); }",
                "void x(@Sensitive String s) { log.info(\"{}\", s == null); }",
                "void x(@Sensitive int s) { log.info(\"{}\", s * 2); }",
                "void x(@Sensitive String s) { log.info(\"{}\", s == null ? \"none\" : \"some\"); }",
                "void x(@Sensitive String s) { log.info(\"{}\", (Object) new String[s.length()]); }",
                "void x(@Sensitive String s) { mask(\"a\" + s); }",
                "void x(@Sensitive String s) { log.isDebugEnabled(); log.info(\"a\"); }",
                "void x(@Sensitive String s) { new java.io.PrintStream(new java.io.ByteArrayOutputStream()).println(s); }",
                "void x(@Sensitive String s, Map<String, String> m) { m.put(\"s\", s); }",
                "void x(@Sensitive String s) { info(s); } void info(String s) {}",
                "void x(Card c) { log.info(\"{}\", c.owner()); }",
                "void x(Card c) { log.info(\"{}\", mask(c)); }",
                "void x(Card c) { log.info(\"{}\", c.hashCode()); }",
                "void x(Order o) { log.info(\"{}\", o.id()); }",
                "void x(Masked m) { log.info(\"{}\", m); }",
                "void x(MaskedAccessor m) { log.info(\"{}\", m.number()); }",
                "void x(Account a) { log.info(\"{}\", a); log.info(\"{}\", a.getName()); log.info(\"{}\", a.name()); }",
                "void x(Account a) { log.info(\"{}\", a.getOther(\"a\")); }",
                "void x(Hidden h) { log.info(\"{}\", h); }",
                "void x(Plain p) { log.info(\"{}\", p); }",
                "void x(Card[] c) { log.info(\"{}\", (Object) c); }",
                "void x(Supplier<Card> c) { log.info(\"{}\", c); }",
                "void x(Card c) { String n = c.number(); n = \"a\"; log.info(n); }",
                "void x(Card c) { String n = c.number(); n += \"a\"; log.info(n); }",
                "void x(Card c) { String n = mask(c.number()); log.info(n); }",
                "void x(Card c) { String n = c.owner(); log.info(n); String m; }",
                "void x(String n) { log.info(n); { @Sensitive String m = n; } }",
            })
    void whatIsMaskedOrGoesElsewherePasses(String method) {
        assertThat(findings(method)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "java.util.logging.Logger l | l.log(java.util.logging.Level.INFO, \"{0}\", s);",
                "java.util.logging.Logger l | l.severe(s);",
                "java.util.logging.Logger l | l.fine(() -> s);",
                "System.Logger l | l.log(System.Logger.Level.INFO, s);",
                "org.apache.commons.logging.Log l | l.warn(s);",
                "org.apache.logging.log4j.Logger l | l.info(\"{}\", s);",
                "org.apache.log4j.Logger l | l.info(s);",
            })
    void theLibrariesAreKnownByName(String logger, String call) {
        String log4j2 = "package org.apache.logging.log4j;\npublic interface Logger { void info(String s, Object o); }";
        String commons = "package org.apache.commons.logging;\npublic interface Log { void warn(Object o); }";
        String category = "package org.apache.log4j;\npublic class Category { public void info(Object o) {} }";
        String log4j = "package org.apache.log4j;\npublic class Logger extends Category {}";
        String source = "package com.acme;\nclass A { void x(@io.plimsoll.sensitive.Sensitive String s, " + logger
                + ") {\n" + call + "}}";

        assertThat(Javac.compile(source, log4j2, commons, category, log4j).findings())
                .containsExactly("error SensitiveInLog 3:" + (call.lastIndexOf("s)") + 1));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void theOrderOfTheSourcesDoesNotMatter(boolean first) {
        String accounts = """
                package com.acme;
                import io.plimsoll.sensitive.Sensitive;
                class Account {
                    @Sensitive String iban;
                    @Sensitive String pin;
                    String getIban() { return iban; }
                    String getPin() { return "*" + pin.length(); }
                    public String toString() { return "Account " + iban; }
                    record Card(@Sensitive String number) {}
                    record Masked(@Sensitive String number) { public String toString() { return "****"; } }
                }
                """;
        String use = """
                package com.acme;
                class Use {
                    void x(Account account, Account.Card card, Account.Masked masked) {
                        System.out.println(account.getIban());
                        System.out.println(account.getPin());
                        System.out.println(account);
                        System.out.println(card);
                        System.out.println(masked);
                    }
                }
                """;

        assertThat((first ? Javac.compile(accounts, use) : Javac.compile(use, accounts)).findings())
                .containsExactly("error SensitiveInLog 4:35", "error SensitiveInLog 6:28", "error SensitiveInLog 7:28");
    }

    @Test
    void whatIsCompiledAlreadyIsKnownByItsMarksAlone() {
        assertThat(Javac.compile(IMPORTS + """
                class Payments {
                    void x(io.plimsoll.processor.logging.Compiled.Card card, io.plimsoll.processor.logging.Compiled.Account a) {
                        System.out.println(card.number());
                        System.out.println(a.getIban());
                        System.out.println(a.getPin());
                        System.out.println(card);
                        System.out.println(a);
                    }
                }
                """).findings())
                .containsExactly(
                        "error SensitiveInLog 8:32", "error SensitiveInLog 9:29", "error SensitiveInLog 11:28");
    }

    @Test
    void codeThatDoesNotCompileIsNoReasonToSpeak() {
        assertThat(findings("void x(Unknown u) { log.info(\"{}\", u.number(), missing, u, nothing()); }"))
                .noneMatch(finding -> finding.contains("SensitiveInLog"));
    }

    @Test
    void itIsSuppressedOnTheMethodOrTheClass() {
        assertThat(Javac.compile(IMPORTS + """
                class Payments {
                    @SuppressWarnings("plimsoll:SensitiveInLog")
                    void a(@Sensitive String s) { System.out.println(s); }
                    void b(@Sensitive String s) { System.out.println(s); }
                }
                """).findings()).containsExactly("error SensitiveInLog 9:54");
    }

    @ParameterizedTest
    @CsvSource({
        "plimsoll.profile=strict, error SensitiveInLog 6:70",
        "plimsoll.profile=adopt, error SensitiveInLog 6:70",
        "plimsoll.rule.SensitiveInLog=warn, warning SensitiveInLog 6:70",
        "plimsoll.rule.SensitiveInLog=off, ",
    })
    void severityFollowsTheBuild(String option, String finding) {
        assertThat(Javac.compile(
                                List.of("-A" + option),
                                IMPORTS
                                        + "class Payments { void x(@Sensitive String s) { System.out.println(   s); } }")
                        .findings())
                .isEqualTo(finding == null ? List.of() : List.of(finding));
    }
}
