package io.plimsoll.sample;

import io.plimsoll.test.build.EventContracts;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** What others read of the shop's events stays what it is, or is a new version. */
class EventContractsTest {

    @Test
    void eventsBreakNobody() {
        EventContracts.verify(Path.of("plimsoll-events.txt"));
    }
}
