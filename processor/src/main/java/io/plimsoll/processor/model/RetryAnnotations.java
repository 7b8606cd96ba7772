package io.plimsoll.processor.model;

import java.util.Set;

/** The annotations that have a method called again when it fails: Spring's, Spring Retry's and Resilience4j's. */
public final class RetryAnnotations {

    /** On a method or on its type. */
    public static final Set<String> ALL = Set.of(
            "org.springframework.resilience.annotation.Retryable",
            "org.springframework.retry.annotation.Retryable",
            "io.github.resilience4j.retry.annotation.Retry");

    private RetryAnnotations() {}
}
