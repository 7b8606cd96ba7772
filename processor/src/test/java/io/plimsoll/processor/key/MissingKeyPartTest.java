package io.plimsoll.processor.key;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.processor.Javac;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MissingKeyPartTest {

    private static final String MODEL = """
            package com.acme;
            import io.plimsoll.idempotency.*;
            import io.plimsoll.key.KeyPart;
            import io.plimsoll.companion.KeyExpression;
            import java.lang.annotation.*;
            import java.util.*;
            import org.springframework.core.annotation.AliasFor;
            import org.springframework.security.core.annotation.AuthenticationPrincipal;
            import org.springframework.web.bind.annotation.*;
            @KeyPart record Tenant(String id) {}
            @KeyPart interface Scoped { String getId(); }
            class Region implements Scoped { public String getId() { return ""; } }
            @KeyPart @Retention(RetentionPolicy.RUNTIME) @interface CurrentTenant {}
            @CurrentTenant enum Zone { A, B }
            record Order(String id, Tenant owner) {}
            record Line(String id, String tenantId, Map<String, String> tags) {}
            @Idempotent @Retention(RetentionPolicy.RUNTIME) @interface ReliableWrite {
                @AliasFor(annotation = Idempotent.class) String key() default "#id";
            }
            @Retention(RetentionPolicy.RUNTIME) @interface Own { @KeyExpression String key() default ""; }
            @Retention(RetentionPolicy.RUNTIME) @interface Per { @KeyExpression String per() default ""; }
            """;

    private static Javac.Result compile(String code) {
        return Javac.compile(java.util.List.of("-Aplimsoll.rule.MissingTimeout=off"), MODEL + code);
    }

    private static Javac.Result method(String code) {
        return compile("class Orders {\n    " + code + "\n}\n");
    }

    @Test
    void itIsShownAtTheKeyWithTheKeyThatWasMeant() {
        Javac.Result result = method("@Idempotent(key = \"#order.id\") void place(Tenant tenant, Line order) {}");

        assertThat(result.findings()).containsExactly("error MissingKeyPart 23:23");
        assertThat(result.messages())
                .containsExactly(
                        "[MissingKeyPart] key \"#order.id\" leaves out tenant, a @KeyPart. Two calls that differ"
                                + " in nothing else count as one, and the second does not run. Fix: did you mean"
                                + " key = \"{#tenant, #order.id}\"? See:"
                                + " https://github.com/plimsoll/plimsoll/blob/main/docs/rules/MissingKeyPart.md");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "@Idempotent(key = \"#id\") | Tenant t, String id | {#t, #id}",
                "@Idempotent(key = \"{#id, #n}\") | Tenant t, String id, int n | {#t, #id, #n}",
                "@Idempotent(key = \"{#n, #id} \") | Tenant t, String id, int n | {#t, #n, #id} ",
                "@Idempotent(key = \"#id\") | Region region, String id | {#region.id, #id}",
                "@Idempotent(key = \"#id\") | Zone zone, String id | {#zone, #id}",
                "@Idempotent(key = \"#id\") | Optional<Tenant> t, String id | {#t, #id}",
                "@Idempotent(key = \"#id\") | List<? extends Tenant> t, String id | {#t, #id}",
                "@Idempotent(key = \"#id\") | Tenant[] t, String id | {#t, #id}",
                "@Idempotent(key = \"#id\") | @KeyPart Locale l, String id | {#l.toLanguageTag(), #id}",
                "@Idempotent(key = \"#id\") | @CurrentTenant String t, String id | {#t, #id}",
                "@Idempotent(key = \"#id\", fingerprint = \"#t\") | Tenant t, String id | {#t, #id}",
                "@Idempotent(key = \"#id\") | Tenant t, Zone z, String id | {#t, #z, #id}",
                "@Idempotent(key = \"#id\", scope = \"#z\") | Tenant t, Zone z, String id | {#t, #id}",
                "@Idempotent(key = \"#id\") | @KeyPart java.security.Principal user, String id | {#user.name, #id}",
                "@ReliableWrite(key = \"#id\") | Tenant t, String id | {#t, #id}",
                "@Own(key = \"#id\") | Tenant t, String id | {#t, #id}",
            })
    void whatIsMarkedMustBeUsed(String annotation, String parameters, String better) {
        assertThat(method(annotation + " void place(" + parameters + ") {}").messages())
                .singleElement(org.assertj.core.api.InstanceOfAssertFactories.STRING)
                .startsWith("[MissingKeyPart] key \"")
                .contains("Fix: did you mean key = \"" + better);
    }

    @Test
    void severalAreNamedTogether() {
        assertThat(method("@Idempotent(key = \"#id\") void place(Tenant t, Zone z, String id) {}")
                        .messages()
                        .get(0))
                .contains("leaves out t and z, each of them a @KeyPart.");
    }

    @Test
    void aTypeVariableIsWhatBoundsIt() {
        assertThat(method(
                                "@Idempotent(key = \"#id\") <T extends Region> void a(T region, String id) {}"
                                        + " @Idempotent(key = \"#id\") <T extends Object & Scoped> void b(T region, String id) {}")
                        .findings())
                .containsExactly("error MissingKeyPart 23:23", "error MissingKeyPart 23:98");
    }

    @Test
    void whatAnAnnotationBringsAlongIsShownAtTheAnnotation() {
        assertThat(method("@ReliableWrite void place(Tenant t, String id) {}").findings())
                .containsExactly("error MissingKeyPart 23:5");
    }

    @Test
    void aMarkOnAnOverriddenParameterCounts() {
        assertThat(compile("""
                                interface Api { void place(@KeyPart String t, String id); }
                                class Orders implements Api {
                                    @Idempotent(key = "#id") public void place(String t, String id) {}
                                }
                                """).findings()).containsExactly("error MissingKeyPart 24:23");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "@Idempotent | Tenant t | scope = \"#t\".",
                "@Idempotent | Tenant t, Zone z | scope = \"{#t, #z}\".",
                "@Idempotent(scope = \"#z\") | Tenant t, Zone z | did you mean scope = \"{#t, #z}\"?",
                "@Idempotent(ttl = \"1h\") | @CurrentTenant String t | scope = \"#t\".",
            })
    void theHeaderOfARequestLeavesItOutAsWell(String annotation, String parameters, String fix) {
        assertThat(compile("@RestController class Orders {\n    @PostMapping(\"/\") " + annotation + " void place("
                                + parameters + ") {}\n}")
                        .messages())
                .singleElement(org.assertj.core.api.InstanceOfAssertFactories.STRING)
                .startsWith("[MissingKeyPart] The key of Orders.place, which comes with the request, leaves out t")
                .contains("Fix: " + fix)
                .satisfies(message -> assertThat(message).doesNotContain("\n"));
    }

    @Test
    void theHeaderIsShownAtTheAnnotationOrTheScope() {
        assertThat(compile("""
                                @RestController class Orders {
                                    @PostMapping("/a") @Idempotent void a(Tenant t) {}
                                    @PostMapping("/b") @Idempotent(scope = "#z") void b(Tenant t, Zone z) {}
                                }
                                """).findings()).containsExactly("error MissingKeyPart 23:24", "error MissingKeyPart 24:44");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "@PostMapping @Idempotent void a(@KeyPart @AuthenticationPrincipal String user) {}",
                "@PostMapping @Idempotent void a(@KeyPart java.security.Principal user) {}",
                "@PostMapping @Idempotent(key = \"#id\") void a(@KeyPart java.security.Principal user, String id) {}",
                "@PostMapping @Idempotent(scope = \"#t\") void a(Tenant t) {}",
            })
    void theUserIsInEveryKeyOfARequest(String code) {
        assertThat(compile("@RestController class Orders {\n" + code + "\n}").findings())
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "@Idempotent(key = \"{#t, #id}\") void a(Tenant t, String id) {}",
                "@Idempotent(key = \"#t.id + ':' + #n\") void a(Tenant t, int n) {}",
                "@Idempotent(key = \"#id\", scope = \"#t\") void a(Tenant t, String id) {}",
                "@Idempotent(key = \"#id\", scope = \"#t?.id ?: 'none'\") void a(Tenant t, String id) {}",
                // Of the same type, read from elsewhere.
                "@Idempotent(key = \"{#from, #id}\") void a(Tenant from, Tenant to, String id) {}",
                "@Idempotent(key = \"{#o.owner, #o.id}\") void a(Tenant t, Order o) {}",
                "@Idempotent(key = \"{#o.owner.id, #o.id}\") void a(Tenant t, Order o) {}",
                "@Idempotent(key = \"#o\") void a(Tenant t, Order o) {}",
                "@Idempotent(key = \"#o\") void a(Tenant t, List<Order> o) {}",
                // Of a name that says so.
                "@Idempotent(key = \"{#o.tenantId, #o.id}\") void a(Tenant t, Line o) {}",
                "@Idempotent(key = \"{#o.tags['tenant'], #o.id}\") void a(Tenant t, Line o) {}",
                "@Idempotent(key = \"{#tenantId, #id}\") void a(Tenant t, String tenantId, String id) {}",
                "@Idempotent(key = \"{#o.tenantId, #o.id}\") void a(@KeyPart String tenant, Line o) {}",
                "@Idempotent(key = \"{#o.tenantId, #o.id}\") void a(@KeyPart String currentTenantId, Line o) {}",
                // Nothing is marked, or nothing is a key.
                "@Idempotent(key = \"#id\") void a(String t, String id) {}",
                "@Idempotent(key = \"#o.id\") void a(Order o) {}",
                "@Idempotent(key = \"#id\") void a(Map<String, Tenant> t, String id) {}",
                "@Idempotent(key = \"#id\") void a(Class<?> c, List<?> l, String id) {}",
                "@Own void a(Tenant t) {}",
                "@Per(per = \"#id\") void a(Tenant t, String id) {}",
                "void a(Tenant t) {}",
            })
    void aKeyThatHoldsItIsFine(String code) {
        assertThat(method(code).findings()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "@Idempotent(key = \"#x\") void a(Tenant t, String id) {} | UnresolvableKey",
                "@Idempotent(key = \"#id\", scope = \"#x\") void a(Tenant t, String id) {} | UnresolvableKey",
                "@Idempotent(key = \"'all'\") void a(Tenant t, String id) {} | ConstantKey",
                "@Idempotent void a(Tenant t, String id) {} | MissingIdempotencyKey",
            })
    void oneDefectIsToldOnce(String code, String rule) {
        assertThat(method(code).findings())
                .singleElement(org.assertj.core.api.InstanceOfAssertFactories.STRING)
                .startsWith("error " + rule);
    }

    @Test
    void whatDoesNotExistIsTheCompilersBusiness() {
        assertThat(method("@Idempotent(key = \"#id\") void a(Missing t, String id) {}"
                                + " @Idempotent(key = \"#id\") void b(@Missing String t, String id) {}")
                        .messages())
                .isNotEmpty()
                .noneMatch(message -> message.contains("[MissingKeyPart]"));
    }

    @Test
    void itIsSuppressedByName() {
        assertThat(method("@SuppressWarnings(\"plimsoll:MissingKeyPart\") @Idempotent(key = \"#id\")"
                                + " void a(Tenant t, String id) {}")
                        .findings())
                .isEmpty();
    }
}
