package io.plimsoll.spring.weaving;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Shows a {@link BrokenPromiseException} as Spring Boot shows its own start-up failures: without a stack trace. */
final class BrokenPromiseFailureAnalyzer extends AbstractFailureAnalyzer<BrokenPromiseException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, BrokenPromiseException cause) {
        return new FailureAnalysis(cause.description(), cause.action(), cause);
    }
}
