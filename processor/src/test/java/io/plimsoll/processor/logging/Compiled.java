package io.plimsoll.processor.logging;

import io.plimsoll.sensitive.Sensitive;

/** Comes to the tests as a class file: nobody can look into its methods. */
public final class Compiled {

    private Compiled() {}

    public record Card(@Sensitive String number) {}

    public static final class Account {

        @Sensitive
        private final String iban = "DE00";

        @Sensitive
        private final int pin = 1234;

        public String getIban() {
            return iban;
        }

        public String getPin() {
            return "*".repeat(pin % 10);
        }
    }
}
