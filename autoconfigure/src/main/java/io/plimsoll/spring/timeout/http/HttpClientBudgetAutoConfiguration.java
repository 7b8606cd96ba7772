package io.plimsoll.spring.timeout.http;

import io.plimsoll.spring.timeout.BudgetHeader;
import java.util.function.UnaryOperator;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.eclipse.jetty.client.HttpClient;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.http.client.ClientHttpRequestFactoryBuilder;
import org.springframework.boot.restclient.RestTemplateCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Role;

/** Auto-configuration of blocking HTTP clients under a {@link io.plimsoll.timeout.Timeout}. */
@AutoConfiguration
@ConditionalOnClass(ClientHttpRequestFactoryBuilder.class)
public final class HttpClientBudgetAutoConfiguration {

    @Bean
    @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
    static BudgetRequestFactoryBuilders plimsollBudgetRequestFactoryBuilders(
            ObjectProvider<Hook> hooks, ObjectProvider<BudgetHeader> header) {
        return new BudgetRequestFactoryBuilders(
                hooks.orderedStream().map(Hook::into).toList(), header::getIfAvailable);
    }

    /** What a client needs so that its exchanges can be ended. */
    record Hook(UnaryOperator<ClientHttpRequestFactoryBuilder<?>> into) {}

    /** Only where there is Apache HttpComponents. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(HttpClientBuilder.class)
    static final class HttpComponents {

        @Bean
        @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
        static Hook plimsollHttpComponentsHook() {
            return new Hook(HttpComponentsHook::into);
        }
    }

    /** Only where there is Jetty's client. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(HttpClient.class)
    static final class Jetty {

        @Bean
        @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
        static Hook plimsollJettyHook() {
            return new Hook(JettyHook::into);
        }
    }

    /** Only where there is {@code RestTemplateBuilder}. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(RestTemplateCustomizer.class)
    static final class RestTemplates {

        @Bean
        BudgetRestTemplates plimsollBudgetRestTemplates(ObjectProvider<BudgetHeader> header) {
            return new BudgetRestTemplates(header::getIfAvailable);
        }
    }
}
