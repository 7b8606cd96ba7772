package io.plimsoll.spring.timeout.http;

import io.plimsoll.spring.timeout.BudgetHeader;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.http.client.ClientHttpRequestFactoryBuilder;
import org.springframework.http.client.ClientHttpRequestFactory;

/**
 * Puts a {@link BudgetRequestFactory} around what each {@link ClientHttpRequestFactoryBuilder} bean builds: Boot's
 * {@code RestClient.Builder}, {@code RestTemplateBuilder}, HTTP service groups and SSL variants all ask that bean.
 */
final class BudgetRequestFactoryBuilders implements BeanPostProcessor {

    private final List<UnaryOperator<ClientHttpRequestFactoryBuilder<?>>> hooks;
    private final Supplier<@Nullable BudgetHeader> header;

    BudgetRequestFactoryBuilders(
            List<UnaryOperator<ClientHttpRequestFactoryBuilder<?>>> hooks, Supplier<@Nullable BudgetHeader> header) {
        this.hooks = hooks;
        this.header = header;
    }

    @Override
    public Object postProcessAfterInitialization(Object bean, String beanName) {
        return bean instanceof ClientHttpRequestFactoryBuilder<?> builder ? within(builder) : bean;
    }

    private ClientHttpRequestFactoryBuilder<ClientHttpRequestFactory> within(
            ClientHttpRequestFactoryBuilder<?> builder) {
        ClientHttpRequestFactoryBuilder<?> hooked = builder;
        for (UnaryOperator<ClientHttpRequestFactoryBuilder<?>> hook : hooks) {
            hooked = hook.apply(hooked);
        }
        ClientHttpRequestFactoryBuilder<?> last = hooked;
        return settings -> new BudgetRequestFactory(last.build(settings), header);
    }
}
