package io.plimsoll.spring.jdbc;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.sql.init.DatabaseInitializationMode;

/**
 * {@code plimsoll.jdbc.*}.
 *
 * @param initializeSchema When to create Plimsoll's tables at start-up: in embedded databases only, always, or never.
 *     The same scripts lie in the jar, for Flyway and Liquibase.
 */
@ConfigurationProperties("plimsoll.jdbc")
record JdbcProperties(@DefaultValue("embedded") DatabaseInitializationMode initializeSchema) {}
