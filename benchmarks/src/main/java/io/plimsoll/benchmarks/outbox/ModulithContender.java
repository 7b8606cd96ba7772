package io.plimsoll.benchmarks.outbox;

import java.util.Map;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.function.LongConsumer;
import javax.sql.DataSource;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.DeferredImportSelector;
import org.springframework.context.annotation.Import;
import org.springframework.core.type.AnnotationMetadata;
import org.springframework.modulith.events.ApplicationModuleListener;
import org.springframework.modulith.events.IncompleteEventPublications;
import org.springframework.modulith.events.config.EventPublicationAutoConfiguration;
import org.springframework.scheduling.concurrent.ThreadPoolTaskExecutor;

/**
 * Spring Modulith: {@code publishEvent} and an {@code @ApplicationModuleListener}, which the process that has published tells
 * after the commit, in no order. There is no relay: what a process leaves over is told again when the application says so, as
 * this does once when it starts.
 */
final class ModulithContender extends SpringContender {

    private final ApplicationEventPublisher publisher;

    private ModulithContender(DataSource dataSource, LongConsumer delivered, String completion) {
        super(
                dataSource,
                Map.of(
                        "spring.modulith.events.jdbc.schema-initialization.enabled",
                        true,
                        "spring.modulith.events.completion-mode",
                        completion),
                Starter.class,
                new Listener(delivered));
        publisher = publisher();
        bean(IncompleteEventPublications.class).resubmitIncompletePublications(publication -> true);
    }

    static Contender updating(DataSource dataSource, LongConsumer delivered) {
        return new ModulithContender(dataSource, delivered, "UPDATE");
    }

    static Contender deleting(DataSource dataSource, LongConsumer delivered) {
        return new ModulithContender(dataSource, delivered, "DELETE");
    }

    @Override
    public void publish(Placed event) {
        publisher.publishEvent(event);
    }

    /** What listeners are to be told is dropped, as if the process were about to die. */
    @Override
    public void pause() {
        ThreadPoolExecutor listeners = bean(ThreadPoolTaskExecutor.class).getThreadPoolExecutor();
        listeners.setRejectedExecutionHandler(new ThreadPoolExecutor.DiscardPolicy());
        listeners.shutdown();
    }

    @Override
    public String waiting() {
        return "SELECT EXISTS (SELECT 1 FROM event_publication WHERE completion_date IS NULL)";
    }

    /** Proxied by class. */
    static class Listener {

        private final LongConsumer delivered;

        Listener(LongConsumer delivered) {
            this.delivered = delivered;
        }

        @ApplicationModuleListener
        void on(Placed event) {
            delivered.accept(event.number());
        }
    }

    @Configuration(proxyBeanMethods = false)
    @Import(NotPublic.class)
    static class Starter {}

    /** Its auto-configurations, which are nobody else's to name but by their names. */
    static final class NotPublic implements DeferredImportSelector {

        @Override
        public String[] selectImports(AnnotationMetadata metadata) {
            return new String[] {
                "org.springframework.modulith.events.jdbc.JdbcEventPublicationAutoConfiguration",
                "org.springframework.modulith.events.jackson.JacksonEventSerializationConfiguration",
                EventPublicationAutoConfiguration.class.getName()
            };
        }
    }
}
