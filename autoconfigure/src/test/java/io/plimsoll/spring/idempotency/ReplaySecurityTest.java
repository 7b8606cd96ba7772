package io.plimsoll.spring.idempotency;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.idempotency.Idempotent;
import io.plimsoll.idempotency.NotIdempotent;
import io.plimsoll.spring.idempotency.Server.Answer;
import io.plimsoll.timeout.Timeout;
import jakarta.servlet.http.HttpServletResponse;
import java.nio.charset.StandardCharsets;
import java.security.Principal;
import java.util.Base64;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.ResponseEntity;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.method.configuration.EnableMethodSecurity;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configuration.EnableWebSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetails;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

/** With Spring Security in front: nobody is given an answer that is not theirs, and nothing secret is kept. */
@ExtendWith(OutputCaptureExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ReplaySecurityTest {

    private static final String BODY = "{\"card\":\"4111-payload\"}";

    @SuppressWarnings("NullAway.Init")
    private Server server;

    @SuppressWarnings("NullAway.Init")
    private Users users;

    @BeforeAll
    void start() {
        server = new Server(
                TestDatabase.POSTGRESQL.open(4), properties(), Rules.class, Users.class, Handlers.class, Vault.class);
        users = server.get(Users.class);
        users.roles.put("ann", "BUYER");
        users.roles.put("bob", "BUYER");
        users.roles.put("guest", "NOBODY");
    }

    /** Each protocol has to hold it. */
    Map<String, Object> properties() {
        return Map.of("logging.level.io.plimsoll", "trace");
    }

    @AfterAll
    void stop() {
        server.close();
    }

    @Test
    void whoIsNotAuthenticatedGetsNoReplay() throws Exception {
        assertThat(as("ann", "/orders", "unauthenticated").status()).isEqualTo(200);

        Answer anonymous = server.post("/orders", "unauthenticated", BODY);
        Answer wrongPassword = server.post("/orders", "unauthenticated", BODY, "Authorization", basic("ann", "guess"));

        assertDenied(anonymous, 401);
        assertDenied(wrongPassword, 401);
    }

    @Test
    void whoIsDeniedGetsNoReplayWhereverThatIsDecided() throws Exception {
        for (String path : new String[] {"/orders", "/vault", "/filtered"}) {
            assertThat(as("ann", path, "denied").status()).isEqualTo(200);
            assertThat(as("ann", path, "denied").replayed()).isTrue();

            assertDenied(as("guest", path, "denied"), 403);
        }
    }

    @Test
    void anotherPrincipalWithTheSameKeyHasAnExecutionOfItsOwn() throws Exception {
        Answer ann = as("ann", "/orders", "shared key");
        Answer bob = as("bob", "/orders", "shared key");

        assertThat(ann.text()).startsWith("for ann");
        assertThat(bob.text()).startsWith("for bob");
        assertThat(bob.replayed()).isFalse();
        assertThat(as("ann", "/orders", "shared key").text()).isEqualTo(ann.text());
        assertThat(as("bob", "/orders", "shared key").text()).isEqualTo(bob.text());
        assertThat(server.effects("shared key")).isEqualTo(2);
    }

    @Test
    void anotherTenantWithTheSameKeyHasAnExecutionOfItsOwn() throws Exception {
        Answer north = as("ann", "/tenant-orders", "tenants", "X-Tenant", "north");
        Answer south = as("ann", "/tenant-orders", "tenants", "X-Tenant", "south");

        assertThat(north.text()).startsWith("in north");
        assertThat(south.text()).startsWith("in south");
        assertThat(as("ann", "/tenant-orders", "tenants", "X-Tenant", "north").text())
                .isEqualTo(north.text());
        assertThat(server.effects("tenants")).isEqualTo(2);
    }

    @Test
    void whoHasLostTheRoleSinceGetsNoReplay() throws Exception {
        users.roles.put("eve", "BUYER");
        assertThat(as("eve", "/orders", "revoked").status()).isEqualTo(200);
        assertThat(as("eve", "/orders", "revoked").replayed()).isTrue();

        users.roles.put("eve", "NOBODY");

        assertDenied(as("eve", "/orders", "revoked"), 403);
        assertThat(server.effects("revoked")).isEqualTo(1);
    }

    @Test
    void credentialsInAResponseAreGivenOnceAndNeverKept() throws Exception {
        Answer first = as("ann", "/session", "session");
        Answer second = as("ann", "/session", "session");

        assertThat(first.header("Set-Cookie")).isEqualTo("by-hand=secret-cookie");
        assertThat(first.header("Authorization")).isEqualTo("Bearer secret-token");
        assertThat(second.replayed()).isTrue();
        assertThat(second.header("ETag")).isEqualTo("\"v1\"");
        assertThat(second.http().headers().map()).doesNotContainKeys("set-cookie", "authorization", "x-internal");
        assertThat(everythingStored()).contains("v1").doesNotContain("secret-", "Set-Cookie", "Bearer");
    }

    @Test
    void neitherKeyNorPrincipalNorPayloadIsStoredOrLogged(CapturedOutput output) throws Exception {
        users.roles.put("mallory-the-principal", "BUYER");
        as("mallory-the-principal", "/quiet", "the-very-key");
        as("mallory-the-principal", "/quiet", "the-very-key");
        server.post("/quiet", "the-very-key", "{}", "Authorization", basic("mallory-the-principal", "password"));

        assertThat(everythingStored()).doesNotContain("the-very-key", "mallory", "4111-payload");
        assertThat(output.getAll()).doesNotContain("the-very-key", "mallory", "4111-payload");
        assertThat(server.pool()
                        .jdbc()
                        .queryForList("SELECT DISTINCT length(id) FROM plimsoll_idempotency", Integer.class))
                .containsExactly(32);
    }

    /** All columns of all records, as the text that they might hold. */
    private String everythingStored() {
        StringBuilder all = new StringBuilder();
        server.pool().jdbc().query("SELECT id, fingerprint, outcome FROM plimsoll_idempotency", row -> {
            for (int i = 1; i <= 3; i++) {
                all.append(new String(row.getBytes(i), StandardCharsets.ISO_8859_1))
                        .append('\n');
            }
        });
        return all.toString();
    }

    private static void assertDenied(Answer answer, int status) {
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.text()).doesNotContain("for ann", "for eve");
        assertThat(answer.header("Idempotency-Replayed")).isEmpty();
    }

    private Answer as(String user, String path, String key, String... headers) throws Exception {
        String[] all = new String[headers.length + 2];
        System.arraycopy(headers, 0, all, 2, headers.length);
        all[0] = "Authorization";
        all[1] = basic(user, "password");
        return server.post(path, key, BODY, all);
    }

    private static String basic(String user, String password) {
        return "Basic " + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
    }

    @RestController
    @Timeout("20s")
    static class Handlers {

        private final JdbcTemplate jdbc;
        private final Vault vault;

        Handlers(JdbcTemplate jdbc, Vault vault) {
            this.jdbc = jdbc;
            this.vault = vault;
        }

        private String effect(String key) {
            jdbc.update("INSERT INTO effects (name) VALUES (?)", key);
            return " at " + System.nanoTime();
        }

        @Idempotent
        @PreAuthorize("hasRole('BUYER')")
        @PostMapping("/orders")
        public String order(Principal user, @RequestHeader("Idempotency-Key") String key, @RequestBody String body) {
            return "for " + user.getName() + effect(key);
        }

        /** Allowed or not by the filter chain. */
        @Idempotent
        @PostMapping("/filtered")
        public String filtered(Principal user, @RequestHeader("Idempotency-Key") String key, @RequestBody String body) {
            return "for " + user.getName() + effect(key);
        }

        /** The idempotent method is a service, and so is the guarded one. */
        @PostMapping("/vault")
        @NotIdempotent(reason = "the vault is")
        public String vault(
                HttpServletResponse response, @RequestHeader("Idempotency-Key") String key, @RequestBody String body) {
            int before = vault.runs();
            String answer = vault.open(key);
            response.setHeader("Idempotency-Replayed", String.valueOf(before == vault.runs()));
            return answer;
        }

        @Idempotent(scope = "#tenant")
        @PostMapping("/tenant-orders")
        public String tenantOrder(
                @RequestHeader("X-Tenant") String tenant,
                @RequestHeader("Idempotency-Key") String key,
                @RequestBody String body) {
            return "in " + tenant + effect(key);
        }

        @Idempotent
        @PostMapping("/session")
        public ResponseEntity<String> session(HttpServletResponse response, @RequestBody String body) {
            response.addHeader("Set-Cookie", "by-hand=secret-cookie");
            response.addHeader("X-Internal", "secret-detail");
            return ResponseEntity.ok()
                    .eTag("\"v1\"")
                    .header("Authorization", "Bearer secret-token")
                    .body("welcome");
        }

        @Idempotent
        @PostMapping("/quiet")
        public String quiet(@RequestBody String body) {
            return "done";
        }
    }

    static class Vault {

        private final JdbcTemplate jdbc;

        Vault(JdbcTemplate jdbc) {
            this.jdbc = jdbc;
        }

        int runs() {
            return Objects.requireNonNull(
                    jdbc.queryForObject("SELECT count(*) FROM effects WHERE name LIKE 'vault%'", Integer.class));
        }

        @PreAuthorize("hasRole('BUYER')")
        @Idempotent(key = "#key")
        public String open(String key) {
            jdbc.update("INSERT INTO effects (name) VALUES (?)", "vault " + key);
            return "for ann and whoever may " + System.nanoTime();
        }
    }

    /** Whose roles change while the application runs. */
    static class Users implements UserDetailsService {

        final Map<String, String> roles = new ConcurrentHashMap<>();

        @Override
        public UserDetails loadUserByUsername(String name) {
            return User.withUsername(name)
                    .password("{noop}password")
                    .roles(roles.getOrDefault(name, "NOBODY"))
                    .build();
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableWebSecurity
    @EnableMethodSecurity
    static class Rules {

        @Bean
        SecurityFilterChain chain(HttpSecurity http) {
            return http.csrf(AbstractHttpConfigurer::disable)
                    .httpBasic(Customizer.withDefaults())
                    .authorizeHttpRequests(requests -> requests.requestMatchers("/filtered")
                            .hasRole("BUYER")
                            .anyRequest()
                            .authenticated())
                    .build();
        }
    }
}
