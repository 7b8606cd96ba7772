package io.plimsoll.spring.idempotency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plimsoll.idempotency.InvalidKeyException;
import io.plimsoll.idempotency.KeyMissingException;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IdempotencyKeyHeaderTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "abc            | abc",
                "\"abc\"        | abc",
                "\"a b\"        | a b",
                "\"a\\\"b\"     | a\"b",
                "\"a\\\\b\"     | a\\b",
                "\"abc\";v=1    | abc",
                "\"abc\" ; v    | abc",
                "a\"b           | a\"b",
                "a\\b           | a\\b",
                "a;b            | a;b",
                "' '            | ' '"
            })
    void readsBareAndQuoted(String header, String key) {
        assertThat(read(header)).isEqualTo(key);
    }

    @Test
    void spaceAroundItIsNoPartOfTheKey() {
        assertThat(read("  abc ")).isEqualTo("abc");
        assertThat(read(" \"abc\" ")).isEqualTo("abc");
        assertThat(read("\" abc\"")).isEqualTo(" abc");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "   ", "\"\"", "\"  \""})
    void nothingIsMissing(String header) {
        assertThatThrownBy(() -> read(header)).isInstanceOf(KeyMissingException.class);
    }

    @Test
    void noHeaderIsMissing() {
        assertThatThrownBy(() -> IdempotencyKeyHeader.read(null, "Shop.order"))
                .isInstanceOf(KeyMissingException.class)
                .hasMessageContaining("Shop.order");
        assertThatThrownBy(() -> IdempotencyKeyHeader.read(Collections.emptyEnumeration(), "Shop.order"))
                .isInstanceOf(KeyMissingException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"",
                "\"abc",
                "\"abc\\",
                "\"abc\\\"",
                "\"a\\bc\"",
                "\"a\"b",
                "\"a\",\"b\"",
                "a\tb",
                "gr\u00f6\u00dfe"
            })
    void malformedIsInvalid(String header) {
        assertThatThrownBy(() -> read(header))
                .isInstanceOf(InvalidKeyException.class)
                .hasMessageContaining("Shop.order")
                .hasMessageNotContaining(header);
    }

    @Test
    void moreThanOneIsInvalid() {
        assertThatThrownBy(() -> IdempotencyKeyHeader.read(Collections.enumeration(List.of("a", "a")), "Shop.order"))
                .isInstanceOf(InvalidKeyException.class);
    }

    @Test
    void theLimitHoldsForTheKeyWithoutItsQuotes() {
        String longest = "k".repeat(255);
        assertThat(read(longest)).isEqualTo(longest);
        assertThat(read('"' + longest + '"')).isEqualTo(longest);
        assertThatThrownBy(() -> read(longest + "k")).isInstanceOf(InvalidKeyException.class);
        assertThatThrownBy(() -> read('"' + longest + "k\"")).isInstanceOf(InvalidKeyException.class);
    }

    private static String read(String header) {
        return IdempotencyKeyHeader.read(Collections.enumeration(List.of(header)), "Shop.order");
    }
}
