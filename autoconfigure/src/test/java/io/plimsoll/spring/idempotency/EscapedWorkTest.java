package io.plimsoll.spring.idempotency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** Work of a method that leaves the transaction of its claim. */
@ExtendWith(OutputCaptureExtension.class)
class EscapedWorkTest {

    private static final String WARNING = "leaves its transaction";

    @ParameterizedTest
    @EnumSource
    void itIsWarnedOfOncePerMethod(TestDatabase database, CapturedOutput output) throws Exception {
        try (App app = new App(database, Desk.class, Desk.Neighbour.class)) {
            Desk desk = app.get(Desk.class);
            Desk.Neighbour neighbour = app.get(Desk.Neighbour.class);
            desk.does(() -> {
                neighbour.workApart();
                neighbour.workWithoutTransaction();
            });

            desk.plain("a");
            desk.plain("b");

            assertThat(output.getOut().split(WARNING, -1)).hasSize(2);
            assertThat(output.getOut()).contains("Desk.plain is @Idempotent").doesNotContain("Desk.transactional");
            desk.transactional("c");
            assertThat(output.getOut()).contains("Desk.transactional is @Idempotent");
            assertThat(app.effects()).hasSize(9);
        }
    }

    @ParameterizedTest
    @EnumSource
    void workThatJoinsAndWorkOfTheCallerAreNotSuspected(TestDatabase database, CapturedOutput output) throws Exception {
        try (App app = new App(database, Desk.class, Desk.Neighbour.class, Around.class)) {
            Desk desk = app.get(Desk.class);
            desk.does(() -> app.get(Desk.Neighbour.class).join());

            desk.plain("a");
            app.get(Around.class).callThenWorkApart();

            assertThat(output.getOut()).doesNotContain(WARNING);
        }
    }

    @ParameterizedTest
    @EnumSource
    void itFailsTheCallWhereThatIsAskedFor(TestDatabase database) throws Exception {
        String[] strict = {"plimsoll.idempotency.escaped-work=fail"};
        try (App app = new App(database.open(2), strict, Desk.class, Desk.Neighbour.class)) {
            Desk desk = app.get(Desk.class);
            desk.does(() -> app.get(Desk.Neighbour.class).workApart());

            assertThatThrownBy(() -> desk.plain("a"))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining(Desk.class.getName() + ".plain");
            assertThatThrownBy(() -> desk.transactional("a")).isInstanceOf(IllegalStateException.class);

            assertThat(app.effects()).isEmpty();
            assertThat(app.records()).isZero();
            desk.does(() -> {});
            assertThat(desk.plain("a")).isEqualTo("a in run 3");
        }
    }

    /** The call is over when the caller goes its own ways, though their transaction is not. */
    static class Around {

        private final Desk desk;
        private final Desk.Neighbour neighbour;

        Around(Desk desk, Desk.Neighbour neighbour) {
            this.desk = desk;
            this.neighbour = neighbour;
        }

        @org.springframework.transaction.annotation.Transactional
        public void callThenWorkApart() throws Exception {
            desk.transactional("b");
            neighbour.workApart();
        }
    }
}
