package io.plimsoll.spring.weaving;

import io.plimsoll.outbox.EventType;
import io.plimsoll.outbox.Outboxed;
import io.plimsoll.spring.NoTransactions;
import java.util.concurrent.CompletableFuture;
import org.springframework.cache.annotation.Cacheable;
import org.springframework.cache.annotation.EnableCaching;
import org.springframework.cache.concurrent.ConcurrentMapCacheManager;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.context.annotation.Scope;
import org.springframework.context.annotation.ScopedProxyMode;
import org.springframework.core.convert.converter.Converter;
import org.springframework.resilience.annotation.EnableResilientMethods;
import org.springframework.resilience.annotation.Retryable;
import org.springframework.scheduling.annotation.Async;
import org.springframework.scheduling.annotation.EnableAsync;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.security.config.annotation.method.configuration.EnableMethodSecurity;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.annotation.EnableTransactionManagement;
import org.springframework.transaction.annotation.Transactional;

/** What {@link WeavingTest} weaves. */
final class WovenBeans {

    private WovenBeans() {}

    static class Plain {

        @Probe
        public void promised() {}

        public void free() {}
    }

    @Outboxed(topic = "events")
    @EventType(name = "weaving.event", version = 1)
    static class Event {

        public void told() {}
    }

    interface Client {

        @Probe
        String call();
    }

    @Probe("-type")
    static class ByType {

        public void onType() {}

        @Probe("-method")
        public void onMethod() {}

        void notPublic() {}
    }

    static class ByInterface implements Client {

        @Override
        public String call() {
            return "";
        }
    }

    @Probe("-meta")
    @java.lang.annotation.Retention(java.lang.annotation.RetentionPolicy.RUNTIME)
    @interface Meta {}

    static class WithFinal {

        public final void skipped() {}
    }

    @Probe
    static class InheritsFinal extends WithFinal {}

    static class Generic implements Converter<Integer, String> {

        @Override
        @Probe
        public String convert(Integer number) {
            return number.toString();
        }

        public String convert(String text) {
            return text;
        }
    }

    static class ByMeta {

        @Meta
        public void call() {}
    }

    static class Guarded {

        @Probe
        @PreAuthorize("hasRole('ADMIN')")
        @Transactional
        @Cacheable("guarded")
        public String secured() {
            return "secret";
        }

        @Probe
        @Async
        @Transactional
        public CompletableFuture<String> later() {
            return CompletableFuture.completedFuture("later");
        }

        @Probe
        @Retryable
        @Transactional
        public void repeated() {}
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAsync
    @EnableCaching
    @EnableMethodSecurity
    @EnableResilientMethods
    static class Everything {

        @Bean
        Guarded guarded() {
            return new Guarded();
        }

        @Bean
        ConcurrentMapCacheManager cacheManager() {
            return new ConcurrentMapCacheManager();
        }

        @Bean
        PlatformTransactionManager transactionManager() {
            return new NoTransactions();
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableTransactionManagement
    static class TransactionLast {}

    @Configuration(proxyBeanMethods = false)
    @EnableTransactionManagement(order = 500)
    static class TransactionFirst {}

    @Configuration(proxyBeanMethods = false)
    static class Unusual {

        @Bean
        @Lazy
        Plain lazy() {
            return new Plain();
        }

        @Bean
        @Scope(value = "prototype", proxyMode = ScopedProxyMode.TARGET_CLASS)
        Plain scoped() {
            return new Plain();
        }

        @Bean
        @Scope("prototype")
        Plain prototype() {
            return new Plain();
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class SecondName {

        @Bean
        Plain two(Plain one) {
            return one;
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Early {

        @Bean
        static Plain tooEarly() {
            return new Plain();
        }

        @Bean
        static org.springframework.beans.factory.config.BeanFactoryPostProcessor needsIt() {
            return beanFactory -> beanFactory.getBean(Plain.class);
        }
    }
}
