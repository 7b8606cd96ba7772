package io.plimsoll.spring.idempotency;

import java.util.Map;

/** The same, with leases. */
class LeaseReplaySecurityTest extends ReplaySecurityTest {

    @Override
    Map<String, Object> properties() {
        return Map.of("logging.level.io.plimsoll", "trace", "plimsoll.idempotency.mode", "lease");
    }
}
