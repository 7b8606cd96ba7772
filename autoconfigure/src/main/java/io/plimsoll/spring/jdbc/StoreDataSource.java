package io.plimsoll.spring.jdbc;

import io.plimsoll.spring.weaving.BrokenPromiseException;
import java.lang.reflect.Method;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.jdbc.CannotGetJdbcConnectionException;
import org.springframework.jdbc.datasource.ConnectionHolder;
import org.springframework.jdbc.datasource.DataSourceUtils;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;
import org.springframework.jdbc.support.MetaDataAccessException;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.ResourceTransactionManager;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.util.ClassUtils;
import org.springframework.util.ReflectionUtils;

/** The data source that holds a feature's tables, and the transactions on it. Thread-safe. */
public final class StoreDataSource {

    /** By name: JPA need not be there. */
    private static final String ENTITY_MANAGER_HOLDER = "org.springframework.orm.jpa.EntityManagerHolder";

    private final DataSource dataSource;
    private final PlatformTransactionManager transactionManager;
    private volatile @Nullable Database database;

    private StoreDataSource(DataSource dataSource, PlatformTransactionManager transactionManager) {
        this.dataSource = dataSource;
        this.transactionManager = transactionManager;
    }

    /**
     * Finds the data source of an application, and the transaction manager that works on it.
     *
     * @param feature who needs it, for the error: {@code @Idempotent}
     * @throws BrokenPromiseException if there is none, or more than one and none is primary
     */
    public static StoreDataSource of(ListableBeanFactory beans, String feature) {
        DataSource dataSource = bound(only(
                beans,
                DataSource.class,
                feature + " keeps its records in the database of the application",
                "Add spring-boot-starter-jdbc or -data-jpa and set spring.datasource.url",
                "Mark the one that holds Plimsoll's tables @Primary"));
        return new StoreDataSource(dataSource, transactionManager(beans, dataSource, feature));
    }

    private static PlatformTransactionManager transactionManager(
            ListableBeanFactory beans, DataSource dataSource, String feature) {
        Map<String, PlatformTransactionManager> managers = beans.getBeansOfType(PlatformTransactionManager.class);
        List<PlatformTransactionManager> matching = managers.values().stream()
                .filter(each -> worksOn(each, dataSource))
                .toList();
        if (matching.size() == 1) {
            return matching.get(0);
        }
        if (matching.isEmpty()
                && (managers.size() > 1
                        || managers.values().stream().anyMatch(StoreDataSource::worksOnSomethingElse))) {
            throw new BrokenPromiseException(
                    feature + " records in the transaction of the work, but none of the transaction managers "
                            + managers.keySet() + " works on the primary DataSource.",
                    "Declare a JdbcTransactionManager or JpaTransactionManager for the primary DataSource.");
        }
        return only(
                beans,
                PlatformTransactionManager.class,
                feature + " records in the transaction of the work",
                "Add spring-boot-starter-jdbc or -data-jpa, which bring one along",
                "Mark the one of the primary DataSource @Primary");
    }

    private static <T> T only(ListableBeanFactory beans, Class<T> type, String why, String ifNone, String ifSeveral) {
        ObjectProvider<T> provider = beans.getBeanProvider(type);
        T bean = provider.getIfUnique();
        if (bean != null) {
            return bean;
        }
        String found = provider.stream().findAny().isPresent() ? "several, and none of them is primary" : "none";
        throw new BrokenPromiseException(
                why + ", which takes one " + type.getSimpleName() + ", and there is " + found + ".",
                (found.equals("none") ? ifNone : ifSeveral) + ".");
    }

    /** A JpaTransactionManager has its factory as the resource, and the data source as a property. */
    private static boolean worksOn(PlatformTransactionManager manager, DataSource dataSource) {
        if (manager instanceof ResourceTransactionManager resources && resources.getResourceFactory() == dataSource) {
            return true;
        }
        Method getter = ReflectionUtils.findMethod(manager.getClass(), "getDataSource");
        return getter != null && ReflectionUtils.invokeMethod(getter, manager) == dataSource;
    }

    /** What transaction managers bind: not the proxy that only knows of their transactions. */
    private static DataSource bound(DataSource dataSource) {
        DataSource target =
                dataSource instanceof TransactionAwareDataSourceProxy proxy ? proxy.getTargetDataSource() : null;
        return target == null ? dataSource : target;
    }

    /**
     * Whether its resource is another one for sure: a broker, another DataSource. That of JPA is a factory, and a manager
     * without a resource of its own (JTA) may work on any.
     */
    private static boolean worksOnSomethingElse(PlatformTransactionManager manager) {
        return isA(manager, "org.springframework.kafka.transaction.KafkaAwareTransactionManager")
                || (manager instanceof ResourceTransactionManager resources
                        && !isA(resources.getResourceFactory(), "jakarta.persistence.EntityManagerFactory"));
    }

    /** By name: neither need be there. */
    private static boolean isA(Object object, String type) {
        try {
            return ClassUtils.forName(type, object.getClass().getClassLoader()).isInstance(object);
        } catch (ClassNotFoundException | LinkageError e) {
            return false;
        }
    }

    public DataSource dataSource() {
        return dataSource;
    }

    public PlatformTransactionManager transactionManager() {
        return transactionManager;
    }

    /**
     * Which database it is. Asked once.
     *
     * @throws CannotGetJdbcConnectionException if it does not answer
     * @throws BrokenPromiseException if Plimsoll has no SQL for it
     */
    public Database database() {
        Database known = database;
        if (known == null) {
            try {
                known = Database.of(dataSource);
            } catch (MetaDataAccessException e) {
                throw new CannotGetJdbcConnectionException(
                        "The database does not tell what it is", new SQLException(e));
            }
            database = known;
        }
        return known;
    }

    /** Whether the thread is in a transaction that may well be one on this data source; asks no connection. */
    public boolean mayBeInTransaction() {
        return TransactionSynchronizationManager.isActualTransactionActive()
                && TransactionSynchronizationManager.hasResource(dataSource);
    }

    /**
     * Whether the thread may hold a connection on, outside of any transaction: under Open EntityManager in View, Spring
     * Boot's default, Hibernate keeps the one it was given until the request is over. Asking the pool for a second one
     * is then a way into a deadlock.
     */
    public boolean mayHoldConnection() {
        return TransactionSynchronizationManager.hasResource(dataSource)
                || TransactionSynchronizationManager.getResourceMap().values().stream()
                        .anyMatch(resource -> resource.getClass().getName().equals(ENTITY_MANAGER_HOLDER));
    }

    /**
     * Whether the thread is in a transaction on this data source.
     *
     * <p>A holder alone does not say so: under a transaction on another resource Spring binds one as well, around a
     * connection that commits by itself.
     */
    public boolean isInTransaction() {
        if (!mayBeInTransaction()
                || !(TransactionSynchronizationManager.getResource(dataSource) instanceof ConnectionHolder holder)) {
            return false;
        }
        try {
            Connection connection = holder.getConnection();
            return !connection.getAutoCommit();
        } catch (SQLException e) {
            throw new CannotGetJdbcConnectionException("The connection of the transaction does not answer", e);
        }
    }

    /**
     * Makes sure that what the thread does on this data source waits for a commit, once {@link #transactionManager()}
     * has begun a transaction. A manager that was taken because it is the only one may be one of something else.
     *
     * @throws IllegalStateException if it does not
     */
    public void requireTransaction() {
        if (isInTransaction()) {
            return;
        }
        Connection connection = DataSourceUtils.getConnection(dataSource);
        try {
            if (connection.getAutoCommit()) {
                throw new IllegalStateException("The transactions of "
                        + transactionManager.getClass().getName()
                        + " are none on the DataSource of the records. Declare a JdbcTransactionManager or"
                        + " JpaTransactionManager for it.");
            }
        } catch (SQLException e) {
            throw new CannotGetJdbcConnectionException("The connection of the transaction does not answer", e);
        } finally {
            DataSourceUtils.releaseConnection(connection, dataSource);
        }
    }
}
