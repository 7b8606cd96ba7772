package io.plimsoll.spring.idempotency;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plimsoll.idempotency.Idempotent;
import org.junit.jupiter.api.Test;

/** What the compiler could have refused, had its rule not been switched off, is refused when the application starts. */
class UncompiledKeyTest {

    @Test
    void aKeyThatWasNotCompiledStopsTheStart() {
        assertThatThrownBy(() -> new App(TestDatabase.H2, Unresolvable.class).close())
                .hasMessageContaining("The expression \"#nmber\" of @Idempotent on " + Unresolvable.class.getName()
                        + ".place was not compiled: place has no parameter nmber");
    }

    @Test
    void aTtlThatNothingResolvesStopsTheStart() {
        assertThatThrownBy(() -> new App(TestDatabase.H2, Unconfigured.class).close())
                .hasMessageContaining(
                        "\"${orders.ttl}\" cannot be the ttl of @Idempotent for " + Unconfigured.class.getName());
    }

    static class Unresolvable {

        @Idempotent(key = "#nmber")
        @SuppressWarnings("plimsoll:UnresolvableKey")
        public void place(String number) {}
    }

    static class Unconfigured {

        @Idempotent(key = "#number", ttl = "${orders.ttl}")
        public void place(String number) {}
    }
}
