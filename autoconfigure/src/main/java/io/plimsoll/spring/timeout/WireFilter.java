package io.plimsoll.spring.timeout;

import io.plimsoll.timeout.Deadline;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;
import java.util.concurrent.atomic.AtomicBoolean;
import org.springframework.core.Ordered;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Lets the budgets of a request end no later than its caller's. It starts none: the time runs from here, and what cuts is
 * the budget of a handler, so that nothing interrupts the server's own code while it writes the answer.
 */
final class WireFilter extends OncePerRequestFilter implements Ordered {

    private final IncomingBudget incoming;
    private final boolean enforce;
    private final WireReport report;

    WireFilter(IncomingBudget incoming, boolean enforce, WireReport report) {
        this.incoming = incoming;
        this.enforce = enforce;
        this.report = report;
    }

    /** Before Spring Security's and others that work: the time runs from here. */
    @Override
    public int getOrder() {
        return Ordered.HIGHEST_PRECEDENCE + 2;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        HttpServletRequest raw = raw(request);
        Terms terms = IncomingBudget.isForwarded(raw::getHeader)
                ? null
                : incoming.of(raw.getRemoteAddr(), Collections.list(raw.getHeaders(BudgetHeader.NAME)));
        if (terms == null) {
            chain.doFilter(request, response);
            return;
        }
        Deadline around = enforce ? terms.bindAsCap() : null;
        try {
            chain.doFilter(request, response);
        } finally {
            if (enforce) {
                Terms.unbindCap(around);
            }
            if (request.isAsyncStarted()) {
                request.getAsyncContext().addListener(new Ended(terms));
            } else {
                report.ended(terms.remainingNanos() <= 0);
            }
        }
    }

    /** As it came: a filter may have taken what a forwarding header says for the address. */
    private static HttpServletRequest raw(HttpServletRequest request) {
        HttpServletRequest raw = request;
        while (raw instanceof HttpServletRequestWrapper wrapper) {
            raw = (HttpServletRequest) wrapper.getRequest();
        }
        return raw;
    }

    /** Tells when a request has ended whose answer came from another thread. */
    private final class Ended implements AsyncListener {

        private final Terms terms;
        private final AtomicBoolean told = new AtomicBoolean();

        Ended(Terms terms) {
            this.terms = terms;
        }

        @Override
        public void onComplete(AsyncEvent event) {
            if (told.compareAndSet(false, true)) { // Tomcat says it twice after a timeout.
                report.ended(terms.remainingNanos() <= 0);
            }
        }

        @Override
        public void onStartAsync(AsyncEvent event) {
            event.getAsyncContext().addListener(this); // A new cycle has no listeners.
        }

        @Override
        public void onTimeout(AsyncEvent event) {}

        @Override
        public void onError(AsyncEvent event) {}
    }
}
