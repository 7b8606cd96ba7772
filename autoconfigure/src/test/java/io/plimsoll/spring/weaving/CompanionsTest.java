package io.plimsoll.spring.weaving;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.spring.timeout.TimeoutAutoConfiguration;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.support.GenericApplicationContext;

/** What happens to classes whose companion is missing or stale: the application does not start, and says why. */
class CompanionsTest {

    private static final String TWO_SECONDS =
            "public class Orders { @io.plimsoll.timeout.Timeout(\"2s\") public void place(String id) {} }";
    private static final String THREE_SECONDS = TWO_SECONDS.replace("2s", "3s");

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(WeavingAutoConfiguration.class, TimeoutAutoConfiguration.class));

    @TempDir
    private Path folder;

    private CompiledApart apart;

    @BeforeEach
    void inAnEmptyFolder() {
        apart = new CompiledApart(folder);
    }

    @Test
    void aClassCompiledWithTheProcessorStarts() throws Exception {
        Class<?> orders = apart.compile("Orders", true, TWO_SECONDS).load("Orders");

        runner.withClassLoader(orders.getClassLoader()).withBean(orders).run(context -> assertThat(context)
                .hasNotFailed());
    }

    @Test
    void aClassCompiledWithoutItDoesNotStart() throws Exception {
        Class<?> orders = apart.compile("Orders", false, TWO_SECONDS).load("Orders");

        assertThat(failureOf(orders, "singleton", false))
                .contains("apart.Orders.place carries @io.plimsoll.timeout.Timeout(interrupt=true, value=\"2s\")")
                .contains("there is no apart.Orders_Plimsoll")
                .contains("<annotationProcessorPaths>")
                .contains("annotationProcessor(\"io.plimsoll:plimsoll-processor:")
                .contains("plimsoll.weaving.missing-companion-in.[apart]=warn");
    }

    /** As Lombok's @Value does: the processor saw a class that was not final. */
    @Test
    void aClassThatBecameFinalAfterTheProcessorSawItDoesNotStart() throws Exception {
        Class<?> orders = apart.compile("Orders", true, TWO_SECONDS)
                .compile("Orders", false, TWO_SECONDS.replace("public class", "public final class"))
                .load("Orders");

        assertThat(failureOf(orders, "singleton", false))
                .contains("apart.Orders is final, so no proxy can stand before it");
    }

    @Test
    void lazyAndPrototypeBeansAreFoundAtStartUpToo() throws Exception {
        Class<?> orders = apart.compile("Orders", false, TWO_SECONDS).load("Orders");

        assertThat(failureOf(orders, "singleton", true)).contains("there is no apart.Orders_Plimsoll");
        assertThat(failureOf(orders, "prototype", false)).contains("there is no apart.Orders_Plimsoll");
    }

    @Test
    void aPackageOfAThirdPartyCanBeTolerated() throws Exception {
        Class<?> orders = apart.compile("Orders", false, TWO_SECONDS).load("Orders");

        runner.withBean(orders)
                .withPropertyValues("plimsoll.weaving.missing-companion-in.[apart]=warn")
                .run(context -> assertThat(context).hasNotFailed());
        runner.withBean(orders)
                .withPropertyValues(
                        "plimsoll.weaving.missing-companion=warn", "plimsoll.weaving.missing-companion-in.[apart]=fail")
                .run(context -> assertThat(context).hasFailed());
    }

    @Test
    void aStaleCompanionShowsBothSides() throws Exception {
        Class<?> orders = apart.compile("Orders", true, TWO_SECONDS)
                .compile("Orders", false, THREE_SECONDS)
                .load("Orders");

        assertThat(failureOf(orders, "singleton", false))
                .contains("The companion of apart.Orders.place is stale")
                .contains("it was compiled for @io.plimsoll.timeout.Timeout(interrupt=true, value=\"2s\")")
                .contains("but the class carries @io.plimsoll.timeout.Timeout(interrupt=true, value=\"3s\")");
    }

    @Test
    void aCompanionThatDoesNotKnowTheMethodIsStale() throws Exception {
        Class<?> orders = apart.compile("Orders", true, TWO_SECONDS)
                .compile("Orders", false, TWO_SECONDS.replace("String id", "long id"))
                .load("Orders");

        assertThat(failureOf(orders, "singleton", false))
                .contains("apart.Orders_Plimsoll is stale: it knows nothing of apart.Orders.place");
    }

    @Test
    void aCompanionOfAnotherContractIsRefused() throws Exception {
        apart.compile("Orders", true, TWO_SECONDS);
        assertThat(folder.resolve("classes/apart/Orders_Plimsoll.class")).exists();
        apart.compile("Orders_Plimsoll", false, """
                public final class Orders_Plimsoll implements io.plimsoll.companion.Companion {
                    public int contract() { return 999; }
                    public java.util.List<io.plimsoll.companion.CompiledSite> sites() { return java.util.List.of(); }
                }
                """);

        assertThat(failureOf(apart.load("Orders"), "singleton", false)).contains("another version (contract 999)");
    }

    @Test
    void aBrokenPropertyIsNamed() {
        runner.withPropertyValues("plimsoll.weaving.missing-companion=maybe")
                .run(context ->
                        assertThat(context).getFailure().hasStackTraceContaining("plimsoll.weaving.missing-companion"));
    }

    private String failureOf(Class<?> type, String scope, boolean lazy) {
        StringBuilder message = new StringBuilder();
        runner.withInitializer(context -> {
                    BeanDefinition definition = new RootBeanDefinition(type);
                    definition.setScope(scope);
                    definition.setLazyInit(lazy);
                    ((GenericApplicationContext) context).registerBeanDefinition("orders", definition);
                })
                .run(context -> {
                    assertThat(context).hasFailed();
                    Throwable root = context.getStartupFailure();
                    while (root.getCause() != null) {
                        root = root.getCause();
                    }
                    assertThat(root).isInstanceOf(BrokenPromiseException.class);
                    message.append(root.getMessage());
                });
        return message.toString();
    }
}
