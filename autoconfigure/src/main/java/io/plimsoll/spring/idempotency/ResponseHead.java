package io.plimsoll.spring.idempotency;

import java.util.List;
import java.util.Map;

/** Status and headers of an answer, as far as they are kept. */
record ResponseHead(int status, Map<String, List<String>> headers) {}
