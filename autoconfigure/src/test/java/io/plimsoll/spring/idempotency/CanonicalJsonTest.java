package io.plimsoll.spring.idempotency;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CanonicalJsonTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1                 | 1.0",
                "1.0               | 1.00",
                "100               | 1e2",
                "0                 | -0.0",
                "0                 | 0e999999",
                "-1.5e-3           | -0.0015",
                "1e400             | 10e399",
                "9007199254740993  | 9007199254740993.0",
                "{\"a\":1,\"b\":2} | { \"b\" : 2.0 , \"a\" : 1 }",
                "{\"a\":{\"b\":[1,{}]}} | {\"a\": {\"b\": [1.0, {}]}}",
                "\"t\\u0065a\"     | \"tea\"",
                "\"\\/\"           | \"/\""
            })
    void spellingsOfTheSame(String one, String other) {
        assertThat(sum(one)).isEqualTo(sum(other));
    }

    /** Each differs from each. */
    @Test
    void differentDocuments() {
        List<String> documents = List.of(
                "",
                "null",
                "true",
                "false",
                "0",
                "1",
                "-1",
                "1.5",
                "9007199254740992",
                "9007199254740993",
                "0.1",
                "0.10000000000000000001",
                "\"\"",
                "\"1\"",
                "\"true\"",
                "\"null\"",
                "\"\\ud800\"",
                "\"\\udfff\"",
                "\"?\"",
                "[]",
                "{}",
                "[1,2]",
                "[2,1]",
                "[[1],2]",
                "[1,[2]]",
                "[[1,2]]",
                "[null]",
                "{\"a\":1}",
                "{\"a\":null}",
                "{\"a\":{}}",
                "{\"a\":[]}",
                "{\"a\":\"1\"}",
                "{\"A\":1}",
                "{\"a\":1,\"b\":2}",
                "{\"a\":2,\"b\":1}",
                "{\"a\":{\"b\":2}}",
                "{\"a\":1,\"a\":1}",
                "{\"a\":1,\"a\":2}",
                "{\"a\":2,\"a\":1}",
                "{\"a\":1} ",
                "1 2",
                "{\"a\":",
                "{\"a\" :",
                "NaN");
        Map<String, String> seen = new HashMap<>();
        for (String document : documents) {
            if (!document.equals("{\"a\":1} ")) {
                assertThat(seen.put(sum(document), document)).as(document).isNull();
            }
        }
        assertThat(seen.get(sum("{\"a\":1} "))).isEqualTo("{\"a\":1}");
    }

    /** What costs little to send must not cost much to compare. */
    @ParameterizedTest
    @ValueSource(strings = {"1e999999999", "-1e-999999999", "1e99999999999", "1e-99999999999", "10e2147483647"})
    void hugeExponentsAreCheap(String number) {
        assertThat(sum(number)).isEqualTo(sum(number)).isNotEqualTo(sum("0"));
    }

    @Test
    void deepAndLongDocumentsAreComparedAsTheyAre() {
        String deep = "[".repeat(100_000) + "]".repeat(100_000);
        String digits = "1".repeat(5_000);

        assertThat(sum(deep)).isEqualTo(sum(deep)).isNotEqualTo(sum(deep + " "));
        assertThat(sum(digits)).isEqualTo(sum(digits)).isNotEqualTo(sum(digits + "1"));
    }

    private static String sum(String document) {
        StableDigest digest = new StableDigest();
        CanonicalJson.add(digest, document.getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().formatHex(digest.sum());
    }
}
