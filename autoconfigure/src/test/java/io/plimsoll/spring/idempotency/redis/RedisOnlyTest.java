package io.plimsoll.spring.idempotency.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.test.RedisServer;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** An application that has a Redis and no database, with neither JDBC nor its drivers on the class path. */
class RedisOnlyTest {

    private static final Pattern JDBC = Pattern.compile(
            ".*/(spring-jdbc|spring-orm|spring-boot-jdbc|spring-boot-jpa|spring-boot-hibernate|spring-boot-data-jpa|spring-data-jpa"
                    + "|spring-boot-sql|postgresql|mariadb-java-client|h2|HikariCP|hibernate-core|spring-kafka|spring-rabbit"
                    + "|spring-boot-kafka|spring-boot-amqp|spring-webmvc|spring-boot-webmvc|spring-security-.*)-[0-9][^/]*\\.jar");

    private static String run(String mode) throws IOException, InterruptedException {
        String classPath = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(each -> !JDBC.matcher(each).matches())
                .collect(Collectors.joining(File.pathSeparator));
        Process jvm = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        classPath,
                        RedisOnlyMain.class.getName(),
                        mode,
                        "--spring.data.redis.host=" + RedisServer.shared().host(),
                        "--spring.data.redis.port=" + RedisServer.shared().port(),
                        "--plimsoll.idempotency.redis.key-prefix=" + System.nanoTime() + ":"))
                .redirectErrorStream(true)
                .start();
        String said = new String(jvm.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        jvm.waitFor();
        return said;
    }

    @Test
    void itsPromisesAreKeptThere() throws Exception {
        assertThat(run("lease")).contains("SAID job 1, job 1, job 2");
    }

    @Test
    void whatNeedsATransactionDoesNotStart() throws Exception {
        assertThat(run("transactional"))
                .contains(
                        "Transactional.print is TRANSACTIONAL, which takes a database, and the application has no DataSource")
                .contains("or let it be mode = Mode.LEASE")
                .doesNotContain("SAID");
    }
}
