package io.plimsoll.sample.servers;

import io.plimsoll.test.PostgresServer;
import io.plimsoll.test.RedisServer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/** Tells where the shop is open and what to try. */
@Component
final class Welcome {

    private static final Logger log = LoggerFactory.getLogger(Welcome.class);

    private final Environment environment;
    private final ObjectProvider<PostgresServer> postgres;
    private final ObjectProvider<RedisServer> redis;

    Welcome(Environment environment, ObjectProvider<PostgresServer> postgres, ObjectProvider<RedisServer> redis) {
        this.environment = environment;
        this.postgres = postgres;
        this.redis = redis;
    }

    @EventListener(ApplicationReadyEvent.class)
    void greet() {
        PostgresServer ownPostgres = postgres.getIfAvailable();
        RedisServer ownRedis = redis.getIfAvailable();
        log.info(
                """
                The shop is open at http://localhost:{}
                  PostgreSQL: {}
                  Redis:      {}
                  Try: curl -i http://localhost:{}/api/v1/orders -H 'Idempotency-Key: my-first-order' \
                -H 'Content-Type: application/json' -d '{"items":[{"productId":1,"quantity":2}]}'""",
                port(),
                ownPostgres == null ? "yours" : where(ownPostgres.jdbcUrl(), ownPostgres.attached()),
                ownRedis == null ? "yours" : where("localhost:" + ownRedis.port(), ownRedis.attached()),
                port());
    }

    private String port() {
        return environment.getProperty("local.server.port", "8080");
    }

    private static String where(String url, boolean attached) {
        return url + (attached ? ", still running since the last start" : ", started with the shop");
    }
}
