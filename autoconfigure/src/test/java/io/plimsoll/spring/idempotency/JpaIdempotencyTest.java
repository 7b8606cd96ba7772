package io.plimsoll.spring.idempotency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plimsoll.idempotency.CallFailedException;
import io.plimsoll.idempotency.CallInFlightException;
import io.plimsoll.idempotency.Idempotent;
import io.plimsoll.idempotency.OnDuplicate;
import io.plimsoll.test.RealPostgres;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.Id;
import jakarta.persistence.PersistenceException;
import java.io.IOException;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.persistence.autoconfigure.EntityScan;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.orm.jpa.EntityManagerHolder;
import org.springframework.orm.jpa.JpaTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.annotation.Isolation;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Entities and outcomes commit together, though they go to the database by different ways. */
@RealPostgres
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.NONE,
        properties = {"spring.jpa.hibernate.ddl-auto=create", "plimsoll.jdbc.initialize-schema=always"})
class JpaIdempotencyTest {

    @Autowired
    private Orders orders;

    @Autowired
    private JdbcTemplate jdbc;

    @Autowired
    private PlatformTransactionManager transactions;

    @Autowired
    private EntityManagerFactory factory;

    @BeforeEach
    void empty() {
        orders.failWith(null);
        jdbc.update("DELETE FROM stored_order");
        jdbc.update("DELETE FROM plimsoll_idempotency");
    }

    static Stream<Arguments> transactions() {
        return Stream.of(
                Arguments.of("none", (Flavour) Orders::plain),
                Arguments.of("default", (Flavour) Orders::transactional),
                Arguments.of("read committed", (Flavour) Orders::readCommitted),
                Arguments.of("repeatable read", (Flavour) Orders::repeatableRead),
                Arguments.of("serializable", (Flavour) Orders::serializable));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("transactions")
    void anEntityAndItsOutcomeCommitTogether(String name, Flavour flavour) throws Exception {
        assertThat(transactions).isInstanceOf(JpaTransactionManager.class);

        Placed first = flavour.call(orders, "a");

        assertThat(flavour.call(orders, "a")).isEqualTo(first);
        assertThat(jdbc.queryForList("SELECT id FROM stored_order", Long.class)).containsExactly(first.id());
        assertThat(records()).isEqualTo(1);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("transactions")
    void aFailureTakesBothBack(String name, Flavour flavour) throws Exception {
        orders.failWith(new IllegalStateException("out of order"));
        assertThatThrownBy(() -> flavour.call(orders, "a")).hasMessage("out of order");
        assertThat(rows()).isZero();
        assertThat(records()).isZero();

        orders.failWith(null);
        flavour.call(orders, "a");
        flavour.call(orders, "a");

        assertThat(rows()).isEqualTo(1);
    }

    /** The insert is sent when the transaction is about to commit, after the outcome. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("transactions")
    void aFlushThatFailsTakesTheOutcomeAlong(String name, Flavour flavour) throws Exception {
        Placed before = orders.transactional("before");

        assertThatThrownBy(() -> flavour.call(orders, "before, again"))
                .isInstanceOfAny(DataIntegrityViolationException.class, PersistenceException.class);

        assertThat(jdbc.queryForList("SELECT id FROM stored_order", Long.class)).containsExactly(before.id());
        assertThat(records()).isEqualTo(1);
    }

    @Test
    void aCheckedExceptionCommitsTheEntityAndTheFailure() {
        orders.failWith(new IOException("half done"));

        assertThatThrownBy(() -> orders.transactional("a")).hasMessage("half done");

        assertThat(rows()).isEqualTo(1);
        assertThatThrownBy(() -> orders.transactional("a")).isInstanceOf(CallFailedException.class);
        assertThat(rows()).isEqualTo(1);
    }

    @Test
    void theCallersTransactionHoldsAll() throws Exception {
        TransactionTemplate caller = new TransactionTemplate(transactions);
        caller.executeWithoutResult(status -> {
            App.unchecked(() -> orders.plain("a"));
            App.unchecked(() -> orders.transactional("b"));
            status.setRollbackOnly();
        });
        assertThat(rows()).isZero();
        assertThat(records()).isZero();

        caller.executeWithoutResult(status -> App.unchecked(() -> orders.plain("a")));
        Placed replayed = caller.execute(status -> App.unchecked(() -> orders.plain("a")));

        assertThat(rows()).isEqualTo(1);
        assertThat(Objects.requireNonNull(replayed).name()).isEqualTo("a");
    }

    /** Open EntityManager in View, Spring Boot's default, holds on to a connection for the whole request. */
    @Test
    void whoHoldsAConnectionNeitherWaitsNorAsksForAnother() throws Exception {
        CountDownLatch entered = new CountDownLatch(1);
        CountDownLatch gate = new CountDownLatch(1);
        Thread holder = new Thread(() -> new TransactionTemplate(transactions).executeWithoutResult(status -> {
            App.unchecked(() -> orders.waiting("a"));
            entered.countDown();
            App.unchecked(() -> gate.await(20, TimeUnit.SECONDS));
        }));
        holder.start();
        entered.await();
        try (EntityManager view = factory.createEntityManager()) {
            TransactionSynchronizationManager.bindResource(factory, new EntityManagerHolder(view));
            try {
                assertThatThrownBy(() -> orders.waiting("a")).isInstanceOf(CallInFlightException.class);
                assertThat(gate.getCount()).isEqualTo(1);
            } finally {
                TransactionSynchronizationManager.unbindResource(factory);
            }
        } finally {
            gate.countDown();
            holder.join();
        }
        assertThat(rows()).isEqualTo(1);
    }

    private long rows() {
        return count("stored_order");
    }

    private long records() {
        return count("plimsoll_idempotency");
    }

    private long count(String table) {
        return Objects.requireNonNull(jdbc.queryForObject("SELECT count(*) FROM " + table, Long.class));
    }

    @FunctionalInterface
    interface Flavour {
        Placed call(Orders orders, String name) throws Exception;
    }

    record Placed(long id, String name) {}

    @Entity(name = "stored_order")
    static class StoredOrder {

        @Id
        @GeneratedValue
        @SuppressWarnings("unused")
        private long id;

        @Column(unique = true)
        @SuppressWarnings("unused")
        private String name = "";
    }

    static class Orders {

        private final EntityManager entityManager;
        private volatile @Nullable Exception failure;

        Orders(EntityManager entityManager) {
            this.entityManager = entityManager;
        }

        void failWith(@Nullable Exception next) {
            failure = next;
        }

        @Idempotent(key = "#name")
        public Placed plain(String name) throws Exception {
            return work(name);
        }

        @Transactional
        @Idempotent(key = "#name")
        public Placed transactional(String name) throws Exception {
            return work(name);
        }

        @Transactional(isolation = Isolation.READ_COMMITTED)
        @Idempotent(key = "#name")
        public Placed readCommitted(String name) throws Exception {
            return work(name);
        }

        @Transactional(isolation = Isolation.REPEATABLE_READ)
        @Idempotent(key = "#name")
        public Placed repeatableRead(String name) throws Exception {
            return work(name);
        }

        @Transactional(isolation = Isolation.SERIALIZABLE)
        @Idempotent(key = "#name")
        public Placed serializable(String name) throws Exception {
            return work(name);
        }

        @Idempotent(key = "#name", onDuplicate = OnDuplicate.WAIT, maxWait = "1h")
        public Placed waiting(String name) throws Exception {
            return work(name);
        }

        private Placed work(String name) throws Exception {
            StoredOrder order = new StoredOrder();
            order.name = name.replace(", again", "");
            entityManager.persist(order);
            Exception thrown = failure;
            if (thrown != null) {
                throw thrown;
            }
            return new Placed(order.id, order.name);
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @EntityScan(basePackageClasses = JpaIdempotencyTest.class)
    @Import(Orders.class)
    static class Application {}
}
