package io.plimsoll.spring.timeout.entrypoints;

import io.plimsoll.timeout.Deadline;
import java.util.Optional;
import org.springframework.scheduling.annotation.Scheduled;

/** One entry point and one method that is none. */
public class PackageTimed {

    @Scheduled(fixedDelay = 1_000)
    public Optional<Deadline> scheduled() {
        return Deadline.current();
    }

    public Optional<Deadline> helper() {
        return Deadline.current();
    }
}
