package io.plimsoll.spring.timeout.webclient;

import io.plimsoll.spring.timeout.BudgetHeader;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.webclient.WebClientCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.web.reactive.function.client.WebClient;

/** Auto-configuration of {@code WebClient} under a {@link io.plimsoll.timeout.Timeout}. */
@AutoConfiguration
@ConditionalOnClass({WebClient.class, WebClientCustomizer.class})
public final class WebClientBudgetAutoConfiguration {

    /** The innermost filter: a filter of the application's that repeats an exchange repeats it with what is left. */
    @Bean
    @Order(Ordered.LOWEST_PRECEDENCE)
    WebClientCustomizer plimsollWebClientBudget(ObjectProvider<BudgetHeader> header) {
        BudgetFilter filter = new BudgetFilter(header::getIfAvailable);
        return builder -> builder.filter(filter);
    }
}
