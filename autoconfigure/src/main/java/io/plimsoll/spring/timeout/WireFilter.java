package io.plimsoll.spring.timeout;

import io.plimsoll.timeout.Deadline;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletRequestWrapper;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;
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
        Terms terms = incoming.of(peer(request), Collections.list(request.getHeaders(BudgetHeader.NAME)));
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
            report.ended(terms.remainingNanos() <= 0);
        }
    }

    /** Who the connection comes from, whatever a forwarding header says: anybody can send that. */
    private static String peer(ServletRequest request) {
        ServletRequest raw = request;
        while (raw instanceof ServletRequestWrapper wrapper) {
            raw = wrapper.getRequest();
        }
        return raw.getRemoteAddr();
    }
}
