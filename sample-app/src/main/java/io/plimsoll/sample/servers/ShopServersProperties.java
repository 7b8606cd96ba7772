package io.plimsoll.sample.servers;

import java.nio.file.Path;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * {@code shop.*}: the servers the shop brings along.
 *
 * @param dataFolder Where the data of the shop's own PostgreSQL lie; relative to the working directory.
 * @param postgresPort Port of the shop's own PostgreSQL, used unless spring.datasource.url is set.
 * @param redisPort Port of the shop's own Redis, used unless spring.data.redis.host or .url is set.
 */
@ConfigurationProperties("shop")
record ShopServersProperties(
        @DefaultValue("shop-data") Path dataFolder,
        @DefaultValue("15432") int postgresPort,
        @DefaultValue("16379") int redisPort) {}
