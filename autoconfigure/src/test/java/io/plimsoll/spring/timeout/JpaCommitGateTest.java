package io.plimsoll.spring.timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plimsoll.test.RealPostgres;
import io.plimsoll.timeout.Timeout;
import io.plimsoll.timeout.TimeoutExceededException;
import jakarta.persistence.Entity;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Id;
import jakarta.persistence.PostPersist;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.persistence.autoconfigure.EntityScan;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.jpa.repository.config.EnableJpaRepositories;
import org.springframework.data.repository.CrudRepository;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.annotation.Transactional;

/**
 * A persistence context that flushes for longer than what is left must not commit: without the flush before the check,
 * a flush of 600 ms under a budget of 300 ms commits at 708 ms.
 */
@RealPostgres
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.NONE,
        properties = "spring.jpa.hibernate.ddl-auto=create")
class JpaCommitGateTest {

    @Autowired
    private Orders orders;

    @Autowired
    private SlowlyFlushed.Service slowly;

    @Autowired
    private Repository repository;

    @Autowired
    private JdbcTemplate jdbc;

    @Test
    void aFlushThatEndsAfterTheDeadlineIsRolledBack() {
        assertThatThrownBy(() -> orders.place(1)).isInstanceOfSatisfying(TimeoutExceededException.class, e -> {
            assertThat(e.method()).isEqualTo(Orders.class.getName() + ".place");
            assertThat(e.budget()).isEqualTo(Duration.ofMillis(300));
        });

        assertThat(jdbc.queryForObject("select count(*) from slowly_flushed", Long.class))
                .isZero();
    }

    @Test
    void aRepositoryMethodIsUnderItsBudget() {
        assertThatThrownBy(repository::slow).isInstanceOfSatisfying(TimeoutExceededException.class, e -> {
            assertThat(e.method()).isEqualTo(Repository.class.getName() + ".slow");
            assertThat(e.activity()).isEqualTo("a JDBC statement");
        });
        assertThat(repository.count()).isZero();
    }

    @Test
    void withoutABudgetItCommits() {
        slowly.save(2);

        assertThat(jdbc.queryForObject("select count(*) from slowly_flushed", Long.class))
                .isEqualTo(1);
        jdbc.update("delete from slowly_flushed");
    }

    /** A budget on an interface that only Spring Data's proxy implements. */
    interface Repository extends CrudRepository<SlowlyFlushed, Integer> {

        @Timeout("2s")
        @Query(value = "select cast(pg_sleep(60) as text)", nativeQuery = true)
        String slow();
    }

    /** The timed entry; its transaction is another bean's. */
    static class Orders {

        private final SlowlyFlushed.Service service;

        Orders(SlowlyFlushed.Service service) {
            this.service = service;
        }

        @Timeout(value = "300ms", interrupt = false)
        public void place(int id) {
            service.save(id);
        }
    }

    /** Its insert is sent by the flush at the end of the transaction, which is slow in Java, not in SQL. */
    @Entity(name = "slowly_flushed")
    static class SlowlyFlushed {

        @Id
        private int id;

        @PostPersist
        void afterInsert() {
            Timed.burn(Duration.ofMillis(600));
        }

        static class Service {

            private final EntityManager entityManager;

            Service(EntityManager entityManager) {
                this.entityManager = entityManager;
            }

            @Transactional
            public void save(int id) {
                SlowlyFlushed entity = new SlowlyFlushed();
                entity.id = id;
                entityManager.persist(entity);
            }
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @EnableJpaRepositories(basePackageClasses = JpaCommitGateTest.class, considerNestedRepositories = true)
    @EntityScan(basePackageClasses = JpaCommitGateTest.class)
    @Import({Orders.class, SlowlyFlushed.Service.class})
    static class Application {}
}
