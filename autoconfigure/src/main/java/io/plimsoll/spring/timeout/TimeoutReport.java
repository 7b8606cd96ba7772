package io.plimsoll.spring.timeout;

import io.plimsoll.timeout.TimeoutExceededException;

/** Is told of each call that was cut, on the thread of the call. */
interface TimeoutReport {

    void cut(TimeoutExceededException failure);
}
