package io.plimsoll.spring.weaving;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Role;

/** Auto-configuration of the weaving, which every feature shares. */
@AutoConfiguration
@EnableConfigurationProperties(WeavingProperties.class)
@Role(BeanDefinition.ROLE_INFRASTRUCTURE)
public final class WeavingAutoConfiguration {

    /** The properties are asked for late: the weaver must exist before any bean that it could weave. */
    @Bean
    @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
    static Plans plimsollPlans(ObjectProvider<StageProvider> providers, ObjectProvider<WeavingProperties> properties) {
        return new Plans(providers, new Companions(properties::getObject));
    }

    @Bean
    @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
    static CompiledTypes plimsollCompiledTypes(ObjectProvider<WeavingProperties> properties) {
        return new CompiledTypes(new Companions(properties::getObject));
    }

    @Bean
    @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
    static Weaver plimsollWeaver(Plans plans) {
        return new Weaver(plans);
    }

    @Bean
    @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
    static WeavingCheck plimsollWeavingCheck(ConfigurableListableBeanFactory beanFactory, Plans plans) {
        return new WeavingCheck(beanFactory, plans);
    }

    /** Only where there is an actuator, and the endpoint is exposed. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(ConditionalOnAvailableEndpoint.class)
    @ConditionalOnAvailableEndpoint(endpoint = PlansEndpoint.class)
    static final class Actuator {

        @Bean
        PlansEndpoint plimsollPlansEndpoint(Plans plans) {
            return new PlansEndpoint(plans);
        }
    }
}
