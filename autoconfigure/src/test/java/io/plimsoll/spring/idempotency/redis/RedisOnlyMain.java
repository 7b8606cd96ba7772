package io.plimsoll.spring.idempotency.redis;

import io.plimsoll.idempotency.Idempotent;
import io.plimsoll.idempotency.Mode;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** An application in a JVM of its own. Says what it answers. */
final class RedisOnlyMain {

    private RedisOnlyMain() {}

    public static void main(String[] args) {
        boolean transactional = args[0].equals("transactional");
        try (ConfigurableApplicationContext context = new SpringApplicationBuilder(
                        Application.class, transactional ? Transactional.class : Printer.class)
                .web(WebApplicationType.NONE)
                .run(args)) {
            Printer printer = context.getBean(Printer.class);
            System.out.println("SAID " + printer.print("a") + ", " + printer.print("a") + ", " + printer.print("b"));
        }
    }

    @SpringBootConfiguration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Application {}

    static class Printer {

        private final AtomicInteger runs = new AtomicInteger();

        @Idempotent(key = "#document")
        public String print(String document) {
            return "job " + runs.incrementAndGet();
        }
    }

    static class Transactional {

        @Idempotent(key = "#document", mode = Mode.TRANSACTIONAL)
        public String print(String document) {
            return "job";
        }
    }
}
