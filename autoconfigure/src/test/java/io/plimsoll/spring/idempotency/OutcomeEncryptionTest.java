package io.plimsoll.spring.idempotency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plimsoll.idempotency.Idempotent;
import io.plimsoll.idempotency.OutcomeNotKeptException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** With AES-GCM, which the record's hash is bound to. */
class OutcomeEncryptionTest {

    static class AesGcm implements OutcomeEncryption {

        private static final int NONCE = 12;
        private final SecretKeySpec key = new SecretKeySpec(new byte[16], "AES");

        @Override
        public byte[] encrypt(byte[] outcome, byte[] record) {
            byte[] nonce = new byte[NONCE];
            new SecureRandom().nextBytes(nonce);
            byte[] sealed = cipher(Cipher.ENCRYPT_MODE, nonce, outcome, 0, record);
            byte[] all = new byte[NONCE + sealed.length];
            System.arraycopy(nonce, 0, all, 0, NONCE);
            System.arraycopy(sealed, 0, all, NONCE, sealed.length);
            return all;
        }

        @Override
        public byte[] decrypt(byte[] stored, byte[] record) {
            return cipher(Cipher.DECRYPT_MODE, Arrays.copyOf(stored, NONCE), stored, NONCE, record);
        }

        private byte[] cipher(int mode, byte[] nonce, byte[] input, int from, byte[] record) {
            try {
                Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
                cipher.init(mode, key, new GCMParameterSpec(128, nonce));
                cipher.updateAAD(record);
                return cipher.doFinal(input, from, input.length - from);
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void theStoreHoldsNothingThatCanBeReadAndTheReplayIsTheSame(LeaseStore store) throws Exception {
        try (App app = store.open(LeasedWork.class, LeasedWork.Script.class, AesGcm.class, Ledgerless.class)) {
            LeasedWork work = app.get(LeasedWork.class);
            app.get(LeasedWork.Script.class).work = () -> "secret answer";

            assertThat(work.once("a")).isEqualTo("secret answer");
            assertThat(work.once("a")).isEqualTo("secret answer");
            assertThat(app.get(Ledgerless.class).say("a")).isEqualTo("secret answer");
            assertThat(app.get(Ledgerless.class).say("a")).isEqualTo("secret answer");

            assertThat(app.jdbc().queryForList("SELECT outcome FROM plimsoll_idempotency", byte[].class))
                    .isNotEmpty()
                    .noneMatch(outcome -> new String(outcome, StandardCharsets.ISO_8859_1).contains("secret"));
        }
    }

    static class Ledgerless {

        @Idempotent(key = "#key")
        public String say(String key) {
            return "secret answer";
        }
    }

    @Test
    void anOutcomeThatWasMovedToAnotherRecordIsNotGiven() throws Exception {
        try (App app = LeaseStore.H2.open(LeasedWork.class, LeasedWork.Script.class, AesGcm.class)) {
            LeasedWork work = app.get(LeasedWork.class);
            work.once("a");
            byte[] outcome = app.jdbc().queryForObject("SELECT outcome FROM plimsoll_idempotency", byte[].class);
            work.once("b");
            app.jdbc().update("UPDATE plimsoll_idempotency SET outcome = ?", (Object) outcome);

            int refused = 0;
            for (String key : new String[] {"a", "b"}) {
                try {
                    assertThat(work.once(key)).isEqualTo("done");
                } catch (OutcomeNotKeptException e) {
                    refused++;
                }
            }
            assertThat(refused).isEqualTo(1);
        }
    }

    /** What is in a message is as secret as an answer. */
    @Test
    void aFailureThatIsAnAnswerIsEncryptedToo() throws Exception {
        try (App app = LeaseStore.H2.open(LeasedWork.class, LeasedWork.Script.class, AesGcm.class)) {
            LeasedWork work = app.get(LeasedWork.class);
            app.get(LeasedWork.Script.class).work = () -> {
                throw new LeasedWork.Declined("secret reason");
            };

            for (int i = 0; i < 2; i++) {
                assertThatThrownBy(() -> work.declinably("a")).hasMessage("secret reason");
            }
            assertThat(app.jdbc().queryForList("SELECT outcome FROM plimsoll_idempotency", byte[].class))
                    .hasSize(1)
                    .noneMatch(outcome -> new String(outcome, StandardCharsets.ISO_8859_1).contains("secret"));
        }
    }

    static class Broken implements OutcomeEncryption {

        @Override
        public byte[] encrypt(byte[] outcome, byte[] record) {
            throw new IllegalStateException("the key store is down");
        }

        @Override
        public byte[] decrypt(byte[] stored, byte[] record) {
            throw new IllegalStateException("the key store is down");
        }
    }

    /** The work is done, or refused: what the key store has to say is no answer to that. */
    @Test
    void aKeyStoreThatIsDownLosesTheReplayAndNothingElse() throws Exception {
        try (App app = LeaseStore.H2.open(LeasedWork.class, LeasedWork.Script.class, Broken.class)) {
            LeasedWork work = app.get(LeasedWork.class);
            assertThat(work.once("a")).isEqualTo("done");
            assertThatThrownBy(() -> work.once("a")).isInstanceOf(OutcomeNotKeptException.class);
            app.get(LeasedWork.Script.class).work = () -> {
                throw new LeasedWork.Declined("no money");
            };
            assertThatThrownBy(() -> work.declinably("b")).hasMessage("no money");
            assertThatThrownBy(() -> work.declinably("b")).isInstanceOf(OutcomeNotKeptException.class);
        }
    }

    @Test
    void anEncryptedAnswerThatNobodyCanReadAnyMoreIsRefused() throws Exception {
        try (App app = LeaseStore.H2.open(LeasedWork.class, LeasedWork.Script.class)) {
            LeasedWork work = app.get(LeasedWork.class);
            work.once("a");
            byte[] encrypted = new AesGcm().encrypt(new byte[20], new byte[32]);
            app.jdbc().update("UPDATE plimsoll_idempotency SET outcome = ?", (Object) encrypted);

            assertThatThrownBy(() -> work.once("a")).isInstanceOf(OutcomeNotKeptException.class);
            assertThat(app.get(LeasedWork.Script.class).runs).hasValue(1);
        }
    }
}
