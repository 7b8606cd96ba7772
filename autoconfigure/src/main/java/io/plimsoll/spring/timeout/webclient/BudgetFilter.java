package io.plimsoll.spring.timeout.webclient;

import io.plimsoll.spring.timeout.BudgetHeader;
import io.plimsoll.spring.timeout.BudgetTerms;
import io.plimsoll.spring.timeout.CallBudget;
import io.plimsoll.timeout.Deadline;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.web.reactive.function.client.ClientRequest;
import org.springframework.web.reactive.function.client.ClientResponse;
import org.springframework.web.reactive.function.client.ExchangeFilterFunction;
import org.springframework.web.reactive.function.client.ExchangeFunction;
import reactor.core.publisher.Mono;

/**
 * Ends each exchange, its body included, with the deadline in the Reactor context, or else with the budget of the thread
 * that subscribes. The connection is closed with it.
 */
final class BudgetFilter implements ExchangeFilterFunction {

    /**
     * Whoever waits for the exchange - a thread, a timed publisher - is cut by its own budget, and the exchange with it;
     * this is for exchanges that nobody waits for.
     */
    private static final Duration AFTER_THE_BUDGET = Duration.ofMillis(50);

    private final Supplier<@Nullable BudgetHeader> header;

    BudgetFilter(Supplier<@Nullable BudgetHeader> header) {
        this.header = header;
    }

    @Override
    public Mono<ClientResponse> filter(ClientRequest request, ExchangeFunction next) {
        return Mono.deferContextual(context -> {
            Exchange exchange = new Exchange(request.url());
            BudgetTerms inContext = BudgetTerms.of(context.getOrDefault(Deadline.class, null));
            if (inContext != null) {
                inContext.watch(exchange, exchange::isDone);
                return exchange(request, next, exchange, inContext);
            }
            CallBudget ofThread = CallBudget.current();
            if (ofThread == null) {
                return next.exchange(request);
            }
            ofThread.watch(exchange, exchange::isDone);
            return exchange(request, next, exchange, ofThread.terms());
        });
    }

    private Mono<ClientResponse> exchange(
            ClientRequest request, ExchangeFunction next, Exchange exchange, BudgetTerms terms) {
        return next.exchange(told(request, terms))
                .takeUntilOther(end(exchange, terms))
                .switchIfEmpty(Mono.defer(() -> failure(exchange, terms)))
                .map(response -> response.mutate()
                        .body(body -> body.takeUntilOther(end(exchange, terms))
                                .concatWith(Mono.defer(() -> failure(exchange, terms)))
                                .doFinally(any -> exchange.done()))
                        .build())
                .doOnError(failure -> exchange.done())
                .doOnCancel(exchange::done);
    }

    /** A signal and no error: what it ends is cancelled on the one and not on the other. */
    private static Mono<Void> end(Exchange exchange, BudgetTerms terms) {
        return Mono.defer(() -> exchange.end(
                Duration.ofNanos(Math.max(0, terms.remainingNanos())).plus(AFTER_THE_BUDGET)));
    }

    private static <T> Mono<T> failure(Exchange exchange, BudgetTerms terms) {
        return exchange.isCut() ? Mono.error(terms.exceeded(exchange.kind(), exchange.activity())) : Mono.empty();
    }

    private ClientRequest told(ClientRequest request, BudgetTerms terms) {
        BudgetHeader wire = header.get();
        return wire == null
                ? request
                : ClientRequest.from(request)
                        .headers(headers -> wire.write(request.url(), terms, headers))
                        .build();
    }
}
