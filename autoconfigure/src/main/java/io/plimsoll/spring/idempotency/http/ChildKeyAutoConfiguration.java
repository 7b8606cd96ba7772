package io.plimsoll.spring.idempotency.http;

import io.plimsoll.idempotency.Idempotency;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.restclient.RestClientCustomizer;
import org.springframework.boot.restclient.RestTemplateCustomizer;
import org.springframework.boot.webclient.WebClientCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpHeaders;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestTemplate;
import org.springframework.web.reactive.function.client.ClientRequest;
import org.springframework.web.reactive.function.client.WebClient;

/**
 * Auto-configuration of the {@code Idempotency-Key} that requests carry in {@link Idempotency#asChild}. A header that the
 * application has set stays.
 */
@AutoConfiguration
@ConditionalOnClass(HttpHeaders.class)
public final class ChildKeyAutoConfiguration {

    static final String HEADER = "Idempotency-Key";

    static void addTo(HttpHeaders headers) {
        if (!headers.containsHeader(HEADER)) {
            Idempotency.currentChildKey().ifPresent(key -> headers.set(HEADER, key));
        }
    }

    /** Only where there is {@link RestClient}. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass({RestClient.class, RestClientCustomizer.class})
    static final class RestClients {

        /** Runs when the request is about to be sent, after what the application has set on it. */
        @Bean
        RestClientCustomizer plimsollChildKeyRestClients() {
            return builder -> builder.defaultRequest(request -> request.headers(ChildKeyAutoConfiguration::addTo));
        }
    }

    /** Only where there is {@link RestTemplate}. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass({RestTemplate.class, RestTemplateCustomizer.class})
    static final class RestTemplates {

        /** Runs before the headers of the application are set, which replace it. */
        @Bean
        RestTemplateCustomizer plimsollChildKeyRestTemplates() {
            return template -> template.getClientHttpRequestInitializers().add(request -> addTo(request.getHeaders()));
        }
    }

    /** Only where there is {@link WebClient}. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass({WebClient.class, WebClientCustomizer.class})
    static final class WebClients {

        /**
         * The key is found when the request is made, so that it stays what it is when it is repeated on other threads; or else
         * on the thread that subscribes: that of the call, if it blocks. A header that is there by then stays.
         */
        @Bean
        WebClientCustomizer plimsollChildKeyWebClients() {
            return builder -> builder.defaultRequest(
                            request -> Idempotency.currentChildKey().ifPresent(key -> request.attribute(HEADER, key)))
                    .filter((request, next) -> next.exchange(withKey(request)));
        }

        private static ClientRequest withKey(ClientRequest request) {
            Object key = request.attribute(HEADER).orElse(null);
            return ClientRequest.from(request)
                    .headers(headers -> {
                        if (key instanceof String text && !headers.containsHeader(HEADER)) {
                            headers.set(HEADER, text);
                        } else {
                            addTo(headers);
                        }
                    })
                    .build();
        }
    }
}
