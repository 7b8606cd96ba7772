package io.plimsoll.spring.idempotency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plimsoll.idempotency.CallInFlightException;
import io.plimsoll.idempotency.Idempotent;
import org.aopalliance.intercept.MethodInterceptor;
import org.junit.jupiter.api.Test;
import org.springframework.aop.Advisor;
import org.springframework.aop.support.DefaultPointcutAdvisor;
import org.springframework.aop.support.NameMatchMethodPointcut;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Role;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

/** An advice of the application between the two halves may make a result of any failure. */
class SwallowedSignalTest {

    @Test
    void aDuplicateIsToldThatTheOtherIsRunningAllTheSame() throws Exception {
        try (App app = new App(TestDatabase.POSTGRESQL, Orders.class, Fallback.class);
                IdempotentTest.Elsewhere elsewhere = new IdempotentTest.Elsewhere()) {
            Orders orders = app.get(Orders.class);
            app.get(TransactionTemplate.class).executeWithoutResult(status -> {
                assertThat(orders.place("o-1")).isEqualTo("placed");
                assertThatThrownBy(
                                () -> elsewhere.run(() -> orders.place("o-1")).get())
                        .hasCauseInstanceOf(CallInFlightException.class);
            });
            assertThat(orders.place("o-1")).isEqualTo("placed");
            assertThat(app.effects()).containsExactly("o-1");
        }
    }

    static class Orders {

        private final JdbcTemplate jdbc;

        Orders(JdbcTemplate jdbc) {
            this.jdbc = jdbc;
        }

        @Idempotent(key = "#id")
        public String place(String id) {
            jdbc.update("INSERT INTO effects (name) VALUES (?)", id);
            return "placed";
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Fallback {

        @Bean
        @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
        static Advisor fallback() {
            NameMatchMethodPointcut place = new NameMatchMethodPointcut();
            place.addMethodName("place");
            return new DefaultPointcutAdvisor(place, (MethodInterceptor) invocation -> {
                try {
                    return invocation.proceed();
                } catch (RuntimeException e) {
                    return "a fallback";
                }
            });
        }
    }
}
