package io.plimsoll.spring.timeout;

import java.net.URI;
import org.springframework.http.HttpHeaders;

/**
 * Tells the next service how much of a budget is left: {@code Plimsoll-Budget: 1500}, in milliseconds. A bean that HTTP
 * clients ask for; where there is none, nothing is sent. Thread-safe.
 */
public interface BudgetHeader {

    String NAME = "Plimsoll-Budget";

    /** Writes the header, if the target is to know. Under a millisecond that is left counts as one. */
    void write(URI target, BudgetTerms terms, HttpHeaders headers);
}
