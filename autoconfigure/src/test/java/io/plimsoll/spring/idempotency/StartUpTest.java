package io.plimsoll.spring.idempotency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plimsoll.idempotency.Idempotent;
import io.plimsoll.idempotency.Mode;
import io.plimsoll.spring.NoTransactions;
import io.plimsoll.spring.weaving.BrokenPromiseException;
import io.plimsoll.test.PostgresServer;
import java.io.Writer;
import java.util.Map;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.SimpleDriverDataSource;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.kafka.core.DefaultKafkaProducerFactory;
import org.springframework.kafka.transaction.KafkaTransactionManager;
import org.springframework.stereotype.Controller;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.AbstractPlatformTransactionManager;
import org.springframework.transaction.support.DefaultTransactionStatus;
import org.springframework.transaction.support.ResourceTransactionManager;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** What keeps an application with {@code @Idempotent} from starting, and what it is told. */
class StartUpTest {

    private final ApplicationContextRunner runner =
            new ApplicationContextRunner().withUserConfiguration(App.AutoConfigured.class);

    @Test
    void aMissingTableIsNamedWithWhatCreatesIt() {
        DataSource empty = PostgresServer.shared().createDatabase().dataSource();

        runner.withBean(DataSource.class, () -> empty).withBean(Promising.class).run(context -> assertThat(context)
                .getFailure()
                .isInstanceOf(BrokenPromiseException.class)
                .hasMessageContaining("the table plimsoll_idempotency is not in the database")
                .hasMessageContaining("plimsoll.jdbc.initialize-schema=always")
                .hasMessageContaining("schema-{postgresql,mariadb,h2}.sql"));
    }

    @Test
    void theTableIsCreatedWhereThatIsAskedFor() {
        DataSource empty = PostgresServer.shared().createDatabase().dataSource();

        runner.withBean(DataSource.class, () -> empty)
                .withBean(Promising.class)
                .withPropertyValues("plimsoll.jdbc.initialize-schema=always")
                .run(context -> {
                    assertThat(context).hasNotFailed();
                    assertThat(new JdbcTemplate(empty).queryForList("SELECT * FROM plimsoll_idempotency"))
                            .isEmpty();
                });
    }

    @Test
    void anEmbeddedDatabaseGetsItsTable() {
        runner.withBean(DataSource.class, () -> h2("one"))
                .withBean(Promising.class)
                .run(context -> assertThat(context).hasNotFailed());
    }

    @Test
    void withoutAPromiseNothingIsAskedFor() {
        DataSource empty = PostgresServer.shared().createDatabase().dataSource();

        runner.withBean(DataSource.class, () -> empty)
                .run(context -> assertThat(context).hasNotFailed());
        runner.run(context -> assertThat(context).hasNotFailed());
    }

    @ParameterizedTest
    @ValueSource(classes = {ByHand.class, Views.class})
    void aHandlerWhoseAnswerIsMoreThanItsResultIsRefused(Class<?> handler) {
        new WebApplicationContextRunner()
                .withUserConfiguration(App.AutoConfigured.class)
                .withBean(DataSource.class, () -> h2("web"))
                .withBean(handler)
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .isInstanceOf(BrokenPromiseException.class)
                        .hasMessageContaining("@Idempotent on " + handler.getName() + ".order, which ")
                        .hasMessageContaining("its answer is more than what it returns"));
    }

    @RestController
    @SuppressWarnings("plimsoll:MissingTimeout")
    static class ByHand {

        @Idempotent
        @PostMapping("/orders")
        public void order(Writer writer) {}
    }

    @Controller
    @SuppressWarnings("plimsoll:MissingTimeout")
    static class Views {

        @Idempotent
        @PostMapping("/orders")
        public String order() {
            return "ordered";
        }
    }

    @Test
    void twoDataSourcesNeedAPrimaryOne() {
        runner.withBean("first", DataSource.class, () -> h2("first"))
                .withBean("second", DataSource.class, () -> h2("second"))
                .withBean(Promising.class)
                .run(context -> assertThat(context)
                        .getFailure()
                        .isInstanceOf(BrokenPromiseException.class)
                        .hasMessageContaining("@Idempotent keeps its records in the database of the application")
                        .hasMessageContaining("several, and none of them is primary")
                        .hasMessageContaining("@Primary"));
    }

    @Test
    void thePrimaryOneIsTaken() {
        runner.withBean("first", DataSource.class, () -> h2("primary"), definition -> definition.setPrimary(true))
                .withBean("second", DataSource.class, () -> h2("secondary"))
                .withBean(Promising.class)
                .run(context -> {
                    assertThat(context).hasNotFailed();
                    context.getBean(Promising.class).place("a");
                    assertThat(new JdbcTemplate(context.getBean("first", DataSource.class))
                                    .queryForList("SELECT * FROM plimsoll_idempotency"))
                            .hasSize(1);
                });
    }

    @Test
    void withoutADataSourceItSaysWhatToAdd() {
        runner.withBean(Promising.class).run(context -> assertThat(context)
                .getFailure()
                .isInstanceOf(BrokenPromiseException.class)
                .hasMessageContaining("@Idempotent keeps its claims in the application's database or in its Redis")
                .hasMessageContaining("there is neither")
                .hasMessageContaining("spring.datasource.url")
                .hasMessageContaining("spring.data.redis.url"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Set-Cookie", "set-cookie", "Authorization", "WWW-Authenticate", "Proxy-Authorization"})
    void credentialsMustNotBeKept(String header) {
        runner.withBean(DataSource.class, () -> h2("headers"))
                .withPropertyValues("plimsoll.idempotency.response-headers=ETag," + header)
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .hasMessageContaining("plimsoll.idempotency.response-headers")
                        .hasMessageContaining("Credentials are never recorded"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"key-reused-status=400", "max-request-size=0", "max-outcome-size=-1", "cleanup-interval=0"})
    void otherSettingsMustMakeSense(String setting) {
        runner.withBean(DataSource.class, () -> h2("settings"))
                .withPropertyValues("plimsoll.idempotency." + setting)
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .hasMessageContaining("plimsoll.idempotency." + setting.substring(0, setting.indexOf('='))));
    }

    /** A single manager is taken for the one of the database, and may be one of a broker. */
    @Test
    void transactionsOfSomethingElseDoNotHoldTheRecord() {
        runner.withBean(DataSource.class, () -> h2("foreign"))
                .withBean(PlatformTransactionManager.class, ForeignTransactionManager::new)
                .withBean(Promising.class)
                .run(context -> {
                    assertThatThrownBy(() -> context.getBean(Promising.class).place("a"))
                            .isInstanceOf(IllegalStateException.class)
                            .hasMessageContaining("ForeignTransactionManager");
                    assertThat(new JdbcTemplate(context.getBean(DataSource.class))
                                    .queryForList("SELECT * FROM plimsoll_idempotency"))
                            .isEmpty();
                });
    }

    private static DataSource h2(String name) {
        return new SimpleDriverDataSource(
                new org.h2.Driver(), "jdbc:h2:mem:startup-" + name + ";DB_CLOSE_DELAY=-1", "sa", "");
    }

    @SuppressWarnings("serial")
    static class ForeignTransactionManager extends AbstractPlatformTransactionManager {

        @Override
        protected Object doGetTransaction() {
            return this;
        }

        @Override
        protected void doBegin(Object transaction, TransactionDefinition definition) {}

        @Override
        protected void doCommit(DefaultTransactionStatus status) {}

        @Override
        protected void doRollback(DefaultTransactionStatus status) {}
    }

    static class Promising {

        @Idempotent(key = "#id")
        public String place(String id) {
            return id;
        }
    }

    static class Hasty {

        @Idempotent(key = "#key", mode = Mode.LEASE, lease = "10ms")
        public void pay(String key) {}
    }

    @Test
    void aLeaseThatNobodyCouldRenewIsRefused() {
        runner.withBean(DataSource.class, () -> h2("hasty"))
                .withBean(Hasty.class)
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .isInstanceOf(BrokenPromiseException.class)
                        .hasMessageContaining("The lease of @Idempotent on " + Hasty.class.getName() + ".pay is 10ms")
                        .hasMessageContaining("at least 100ms"));
    }

    /** With Kafka's in the context Spring Boot makes none for the database; and a pool behind a proxy is another one. */
    @Test
    void transactionsOfSomethingElseAreRefused() {
        for (Object resource : new Object[] {"a broker", h2("other")}) {
            runner.withBean(DataSource.class, () -> h2("mine"))
                    .withBean(PlatformTransactionManager.class, () -> new Elsewhere(resource))
                    .withBean(Promising.class)
                    .run(context -> assertThat(context)
                            .getFailure()
                            .isInstanceOf(BrokenPromiseException.class)
                            .hasMessageContaining("works on the primary DataSource")
                            .hasMessageContaining("Declare a JdbcTransactionManager"));
        }
    }

    private static final class Elsewhere extends NoTransactions implements ResourceTransactionManager {

        private final Object resource;

        Elsewhere(Object resource) {
            this.resource = resource;
        }

        @Override
        public Object getResourceFactory() {
            return resource;
        }
    }

    /** It is no ResourceTransactionManager. */
    @Test
    void transactionsOfKafkaAloneAreRefused() {
        DefaultKafkaProducerFactory<String, String> producers = new DefaultKafkaProducerFactory<>(Map.of());
        producers.setTransactionIdPrefix("tx-");
        runner.withBean(DataSource.class, () -> h2("kafka"))
                .withBean(KafkaTransactionManager.class, () -> new KafkaTransactionManager<>(producers))
                .withBean(Promising.class)
                .run(context -> assertThat(context)
                        .getFailure()
                        .isInstanceOf(BrokenPromiseException.class)
                        .hasMessageContaining("works on the primary DataSource"));
    }

    /** What it stands for is what its transactions are on. */
    @Test
    void aDataSourceThatKnowsOfTransactionsIsTheOneBehindIt() {
        DataSource target = h2("aware");
        runner.withBean(DataSource.class, () -> new TransactionAwareDataSourceProxy(target))
                .withBean(PlatformTransactionManager.class, () -> new JdbcTransactionManager(target))
                .withBean(Promising.class)
                .run(context -> {
                    assertThat(context).hasNotFailed();
                    assertThat(context.getBean(Engine.class).source().dataSource())
                            .isSameAs(target);
                });
    }
}
