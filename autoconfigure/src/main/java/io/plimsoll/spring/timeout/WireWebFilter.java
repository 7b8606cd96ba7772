package io.plimsoll.spring.timeout;

import io.plimsoll.timeout.Deadline;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.http.server.reactive.HttpHandler;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/** What {@link WireFilter} does, for WebFlux: the caller's deadline is in the Reactor context of the request. */
final class WireWebFilter implements WebFilter, Ordered {

    private final IncomingBudget incoming;
    private final boolean enforce;
    private final WireReport report;

    WireWebFilter(IncomingBudget incoming, boolean enforce, WireReport report) {
        this.incoming = incoming;
        this.enforce = enforce;
        this.report = report;
    }

    /**
     * Takes the header off requests that were forwarded, before anybody takes their forwarding headers away.
     *
     * @param handler the whole application
     */
    static HttpHandler ignoringForwarded(HttpHandler handler) {
        return (request, response) -> handler.handle(
                IncomingBudget.isForwarded(request.getHeaders()::getFirst)
                        ? request.mutate()
                                .headers(headers -> headers.remove(BudgetHeader.NAME))
                                .build()
                        : request,
                response);
    }

    @Override
    public int getOrder() {
        return Ordered.HIGHEST_PRECEDENCE + 2;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        ServerHttpRequest request = exchange.getRequest();
        Terms terms = incoming.of(
                address(request.getRemoteAddress()), request.getHeaders().getOrEmpty(BudgetHeader.NAME));
        if (terms == null) {
            return chain.filter(exchange);
        }
        Mono<Void> reported = chain.filter(exchange).doFinally(end -> report.ended(terms.remainingNanos() <= 0));
        return enforce ? reported.contextWrite(context -> context.put(Deadline.class, terms)) : reported;
    }

    private static @Nullable String address(@Nullable InetSocketAddress peer) {
        return peer == null || peer.getAddress() == null
                ? null
                : peer.getAddress().getHostAddress();
    }
}
