package io.plimsoll.spring.timeout;

import io.micrometer.core.instrument.MeterRegistry;
import jakarta.servlet.Filter;
import org.apache.catalina.Valve;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnExpression;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication.Type;
import org.springframework.boot.tomcat.ConfigurableTomcatWebServerFactory;
import org.springframework.boot.webflux.autoconfigure.WebHttpHandlerBuilderCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpHeaders;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.server.WebFilter;

/** Auto-configuration of budgets between services: {@code plimsoll.timeout.wire.*}. */
@AutoConfiguration(
        after = TimeoutAutoConfiguration.class,
        afterName = "org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration")
@ConditionalOnClass(HttpHeaders.class)
public final class WireAutoConfiguration {

    private static final String RECEIVES = "!'${plimsoll.timeout.wire.mode:off}'.equalsIgnoreCase('off')";

    @Bean
    WireHeader plimsollWireHeader(TimeoutProperties properties) {
        return new WireHeader(properties.wire().sendTo());
    }

    /** Only where the header of requests is looked at. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnExpression(RECEIVES)
    static class Receiving {

        @Bean
        IncomingBudget plimsollIncomingBudget(Watchdog watchdog, TimeoutProperties properties) {
            WireProperties wire = properties.wire();
            return new IncomingBudget(watchdog, new TrustedPeers(wire.trustedPeers()), wire.max());
        }

        /** Only where there is Micrometer. */
        @Configuration(proxyBeanMethods = false)
        @ConditionalOnClass(MeterRegistry.class)
        @ConditionalOnBean(MeterRegistry.class)
        static class Meters {

            @Bean
            WireReport plimsollWireReport(MeterRegistry registry) {
                return new MicrometerWireReport(registry);
            }
        }

        /** Only where there are servlets. */
        @Configuration(proxyBeanMethods = false)
        @ConditionalOnClass({Filter.class, OncePerRequestFilter.class})
        @ConditionalOnWebApplication(type = Type.SERVLET)
        static class Servlets {

            @Bean
            WireFilter plimsollWireFilter(
                    IncomingBudget incoming, TimeoutProperties properties, ObjectProvider<WireReport> report) {
                return new WireFilter(incoming, enforces(properties), report.getIfAvailable(() -> WireReport.NONE));
            }
        }

        /** Only where there is Tomcat, under servlets or WebFlux. */
        @Configuration(proxyBeanMethods = false)
        @ConditionalOnClass({Valve.class, ConfigurableTomcatWebServerFactory.class})
        static class Tomcat {

            @Bean
            ForwardedRequestValve.Customizer plimsollForwardedRequestValve(
                    @Value("${server.tomcat.remoteip.remote-ip-header:}") String customHeader) {
                return new ForwardedRequestValve.Customizer(customHeader);
            }
        }

        /** Only where there is WebFlux. */
        @Configuration(proxyBeanMethods = false)
        @ConditionalOnClass({WebFilter.class, WebHttpHandlerBuilderCustomizer.class})
        @ConditionalOnWebApplication(type = Type.REACTIVE)
        static class WebFlux {

            @Bean
            WireWebFilter plimsollWireWebFilter(
                    IncomingBudget incoming, TimeoutProperties properties, ObjectProvider<WireReport> report) {
                return new WireWebFilter(incoming, enforces(properties), report.getIfAvailable(() -> WireReport.NONE));
            }

            @Bean
            WebHttpHandlerBuilderCustomizer plimsollIgnoringForwardedBudgets() {
                return builder -> builder.httpHandlerDecorator(WireWebFilter::ignoringForwarded);
            }
        }

        private static boolean enforces(TimeoutProperties properties) {
            return properties.wire().mode() == WireProperties.Mode.ENFORCE;
        }
    }
}
