package io.plimsoll.spring.timeout.http;

import io.plimsoll.spring.timeout.BudgetHeader;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.restclient.RestTemplateCustomizer;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.http.client.ClientHttpRequestInterceptor;
import org.springframework.web.client.RestTemplate;

/** For templates whose request factory was given to the {@code RestTemplateBuilder} by hand. */
@Order(Ordered.LOWEST_PRECEDENCE)
final class BudgetRestTemplates implements RestTemplateCustomizer {

    private final Supplier<@Nullable BudgetHeader> header;

    BudgetRestTemplates(Supplier<@Nullable BudgetHeader> header) {
        this.header = header;
    }

    @Override
    public void customize(RestTemplate template) {
        // With interceptors a template tells only the factory that stands around its own.
        List<ClientHttpRequestInterceptor> interceptors = List.copyOf(template.getInterceptors());
        template.setInterceptors(List.of());
        ClientHttpRequestFactory factory = template.getRequestFactory();
        if (!(factory instanceof BudgetRequestFactory)) {
            template.setRequestFactory(new BudgetRequestFactory(factory, header));
        }
        template.setInterceptors(interceptors);
    }
}
