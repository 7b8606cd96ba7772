package io.plimsoll.spring.timeout;

import io.plimsoll.timeout.Deadline;
import io.plimsoll.timeout.NoTimeout;
import io.plimsoll.timeout.Timeout;
import io.plimsoll.timeout.TimeoutExceededException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.web.server.servlet.context.ServletWebServerInitializedEvent;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.event.EventListener;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.client.RestClient;

/** One of several services that call each other; says on standard output at which port it is. */
public final class RelayMain {

    private RelayMain() {}

    public static void main(String[] arguments) {
        SpringApplication.run(Application.class, arguments);
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration(excludeName = "org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration")
    @Import(Handlers.class)
    static class Application {

        @Bean
        Cuts cuts() {
            return new Cuts();
        }

        @EventListener
        void opened(ServletWebServerInitializedEvent event) {
            System.out.println("PORT=" + event.getWebServer().getPort());
        }
    }

    static class Cuts implements TimeoutReport {

        private final List<String> methods = new CopyOnWriteArrayList<>();

        @Override
        public void cut(TimeoutExceededException failure) {
            methods.add(failure.method());
        }

        List<String> methods() {
            return methods;
        }
    }

    @RestController
    static class Handlers {

        private final RestClient client;
        private final Cuts cuts;

        Handlers(RestClient.Builder builder, Cuts cuts) {
            this.client = builder.build();
            this.cuts = cuts;
        }

        /** Spends some of its budget, and asks the next service. */
        @GetMapping("/relay")
        @Timeout("2s")
        public String relay(@RequestParam("to") String to) {
            Timed.burn(java.time.Duration.ofMillis(300));
            return client.get().uri(to).retrieve().body(String.class);
        }

        @GetMapping("/left")
        @Timeout("10s")
        public long left() {
            return Deadline.current().orElseThrow().remaining().toMillis();
        }

        @GetMapping("/forever")
        @Timeout("10s")
        public String forever() throws InterruptedException {
            return String.valueOf(Timed.forever());
        }

        @GetMapping("/cuts")
        @NoTimeout(reason = "looks at a list")
        public List<String> cuts() {
            return cuts.methods();
        }
    }
}
