package io.plimsoll.spring.weaving;

import java.lang.annotation.Annotation;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.aopalliance.intercept.MethodInterceptor;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.MergedAnnotation;

/** Keeps {@link Probe} in all three shells. */
@Configuration(proxyBeanMethods = false)
class ProbeStages {

    static final List<String> PASSED = new CopyOnWriteArrayList<>();

    @Bean
    static StageProvider outerProbe() {
        return new Provider(Layer.BUDGET);
    }

    @Bean
    static StageProvider middleProbe() {
        return new Provider(Layer.RETRY);
    }

    @Bean
    static StageProvider secondMiddleProbe() {
        return new Provider(Layer.FALLBACK);
    }

    @Bean
    static StageProvider innerProbe() {
        return new Provider(Layer.OUTBOX);
    }

    private record Provider(Layer layer) implements StageProvider {

        @Override
        public Class<? extends Annotation> promise() {
            return Probe.class;
        }

        @Override
        public @Nullable MethodInterceptor stageFor(PromisedMethod method) {
            MergedAnnotation<?> probe = method.innermost(List.of(Probe.class));
            if (probe == null) {
                return null;
            }
            String name = layer + probe.getString("value");
            return invocation -> {
                PASSED.add(name);
                return invocation.proceed();
            };
        }
    }
}
