package io.plimsoll.spring.weaving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import io.plimsoll.spring.weaving.WovenBeans.ByInterface;
import io.plimsoll.spring.weaving.WovenBeans.ByMeta;
import io.plimsoll.spring.weaving.WovenBeans.ByType;
import io.plimsoll.spring.weaving.WovenBeans.Client;
import io.plimsoll.spring.weaving.WovenBeans.Early;
import io.plimsoll.spring.weaving.WovenBeans.Event;
import io.plimsoll.spring.weaving.WovenBeans.Everything;
import io.plimsoll.spring.weaving.WovenBeans.Generic;
import io.plimsoll.spring.weaving.WovenBeans.Guarded;
import io.plimsoll.spring.weaving.WovenBeans.InheritsFinal;
import io.plimsoll.spring.weaving.WovenBeans.Plain;
import io.plimsoll.spring.weaving.WovenBeans.SecondName;
import io.plimsoll.spring.weaving.WovenBeans.TransactionFirst;
import io.plimsoll.spring.weaving.WovenBeans.TransactionLast;
import io.plimsoll.spring.weaving.WovenBeans.Unusual;
import io.plimsoll.spring.weaving.WovenBeans.WithFinal;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.aopalliance.intercept.MethodInterceptor;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.aop.framework.Advised;
import org.springframework.aop.framework.ProxyFactory;
import org.springframework.aop.support.AopUtils;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.aop.AopAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.core.convert.converter.Converter;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.security.core.context.SecurityContextHolder;

class WeavingTest {

    private static final String ALL = "BUDGET FALLBACK RETRY OUTBOX";

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(WeavingAutoConfiguration.class, AopAutoConfiguration.class))
            .withUserConfiguration(ProbeStages.class);

    @BeforeEach
    void forget() {
        ProbeStages.PASSED.clear();
        SecurityContextHolder.clearContext();
    }

    private static String passed() {
        return String.join(" ", ProbeStages.PASSED);
    }

    @Test
    void aPlainBeanGetsItsStagesInTheOrderOfTheLayers() {
        runner.withBean(Plain.class).run(context -> {
            context.getBean(Plain.class).promised();
            assertThat(passed()).isEqualTo(ALL);
            context.getBean(Plain.class).free();
            assertThat(passed()).isEqualTo(ALL);
        });
    }

    @Test
    void aPromiseAboutInstancesIsNoneOfTheirMethods() {
        runner.withBean(Event.class).run(context -> {
            assertThat(context).hasNotFailed();
            assertThat(AopUtils.isAopProxy(context.getBean(Event.class))).isFalse();
        });
    }

    @Test
    void theShellsStandAroundSecurityCacheAndTransaction() {
        runner.withUserConfiguration(TransactionLast.class, Everything.class).run(context -> {
            assertThat(chain(context.getBean(Guarded.class), "secured"))
                    .startsWith("BUDGET", "DeferringMethodInterceptor", "FALLBACK", "RETRY")
                    .contains("CacheInterceptor", "TransactionInterceptor")
                    .endsWith("OUTBOX")
                    .hasSize(7);
            assertThat(chain(context.getBean(Guarded.class), "later"))
                    .startsWith("AnnotationAsyncExecutionInterceptor", "BUDGET")
                    .endsWith("TransactionInterceptor", "OUTBOX");
            assertThat(chain(context.getBean(Guarded.class), "repeated"))
                    .startsWith("BUDGET")
                    .endsWith("TransactionInterceptor", "OUTBOX")
                    .contains("RetryAnnotationInterceptor");
        });
    }

    @Test
    void aDeniedCallReachesNothingBehindSecurity() {
        runner.withUserConfiguration(TransactionLast.class, Everything.class).run(context -> {
            SecurityContextHolder.getContext().setAuthentication(new TestingAuthenticationToken("u", "p", "ROLE_USER"));
            Guarded bean = context.getBean(Guarded.class);

            assertThatThrownBy(bean::secured).isInstanceOf(AccessDeniedException.class);
            assertThat(passed()).isEqualTo("BUDGET");

            SecurityContextHolder.getContext()
                    .setAuthentication(new TestingAuthenticationToken("a", "p", "ROLE_ADMIN"));
            bean.secured();
            assertThat(passed()).isEqualTo("BUDGET " + ALL);
        });
    }

    @Test
    void anAsynchronousCallIsUnderItsStagesOnItsOwnThread() {
        runner.withUserConfiguration(TransactionLast.class, Everything.class).run(context -> {
            context.getBean(Guarded.class).later().get(10, TimeUnit.SECONDS);
            assertThat(passed()).isEqualTo(ALL);
        });
    }

    @Test
    void aTransactionInFrontOfTheMiddleShellIsRefused() {
        runner.withUserConfiguration(TransactionFirst.class, Everything.class).run(context -> assertThat(context)
                .getFailure()
                .hasRootCauseInstanceOf(BrokenPromiseException.class)
                .rootCause()
                .hasMessageContaining("Bean 'guarded'")
                .hasMessageContaining("@EnableTransactionManagement(order = ...) above 1000"));
    }

    @Test
    void lazyScopedAndPrototypeBeansAreWovenWhenTheyAreMade() {
        runner.withUserConfiguration(Unusual.class).run(context -> {
            for (String name : List.of("lazy", "scoped", "prototype")) {
                ProbeStages.PASSED.clear();
                ((Plain) context.getBean(name)).promised();
                assertThat(passed()).as(name).isEqualTo(ALL);
            }
        });
    }

    @Test
    void interfaceProxiesAreWovenBeforeTheirLastAdvisor() {
        runner.withBean("client", Client.class, WeavingTest::clientWithoutTarget)
                .run(context -> {
                    assertThat(context.getBean(Client.class).call()).isEqualTo("called");
                    assertThat(passed()).isEqualTo(ALL);
                });
    }

    @Test
    void proxiesThatAreNotSpringsAreWovenToo() {
        runner.withBean("client", Client.class, WeavingTest::foreignProxy).run(context -> {
            assertThat(context.getBean(Client.class).call()).isEqualTo("called");
            assertThat(passed()).isEqualTo(ALL);
        });
    }

    @Test
    void lambdasAreWovenToo() {
        runner.withBean("client", Client.class, () -> () -> "called").run(context -> {
            assertThat(context.getBean(Client.class).call()).isEqualTo("called");
            assertThat(passed()).isEqualTo(ALL);
        });
    }

    @Test
    void theInnermostDeclarationWins() {
        runner.withBean(ByType.class)
                .withBean(ByInterface.class)
                .withBean(ByMeta.class)
                .run(context -> {
                    context.getBean(ByType.class).onType();
                    context.getBean(ByType.class).onMethod();
                    context.getBean(ByType.class).notPublic();
                    context.getBean(ByInterface.class).call();
                    context.getBean(ByMeta.class).call();
                    assertThat(ProbeStages.PASSED.stream().filter(stage -> stage.startsWith("BUDGET")))
                            .containsExactly("BUDGET-type", "BUDGET-method", "BUDGET", "BUDGET-meta");
                });
    }

    @Test
    void anObjectThatIsTwoBeansIsWovenOnce() {
        runner.withBean("one", Plain.class)
                .withUserConfiguration(SecondName.class)
                .run(context -> {
                    ((Plain) context.getBean("two")).promised();
                    assertThat(passed()).isEqualTo(ALL);
                });
    }

    @Test
    void aFinalMethodThatATypeInheritsIsRefused() {
        runner.withBean(InheritsFinal.class).run(context -> assertThat(context)
                .getFailure()
                .rootCause()
                .isInstanceOf(BrokenPromiseException.class)
                .hasMessageContaining(WithFinal.class.getName() + ".skipped is final"));
    }

    @Test
    void jdkProxiesAreWovenAsWell() {
        runner.withPropertyValues("spring.aop.proxy-target-class=false")
                .withBean(ByInterface.class)
                .run(context -> {
                    assertThat(AopUtils.isJdkDynamicProxy(context.getBean(Client.class)))
                            .isTrue();
                    context.getBean(Client.class).call();
                    assertThat(passed()).isEqualTo(ALL);
                });
    }

    @Test
    void bridgesAndOverloadsAreToldApart() {
        runner.withBean(Generic.class).run(context -> {
            Converter<Integer, String> converter = context.getBean(Generic.class);
            converter.convert(1);
            assertThat(passed()).isEqualTo(ALL);
            context.getBean(Generic.class).convert("1");
            assertThat(passed()).isEqualTo(ALL);
        });
    }

    @Test
    void aBeanThatWasCreatedTooEarlyIsRefused() {
        runner.withUserConfiguration(Early.class).run(context -> assertThat(context)
                .getFailure()
                .isInstanceOf(BrokenPromiseException.class)
                .hasMessageContaining("Bean 'tooEarly' of " + Plain.class.getName())
                .hasMessageContaining("ObjectProvider<Plain>"));
    }

    @Test
    void aPromiseThatNothingKeepsIsRefused() {
        new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(WeavingAutoConfiguration.class))
                .withBean(Plain.class)
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .isInstanceOf(BrokenPromiseException.class)
                        .hasMessageContaining("@Probe is used, but nothing in this application keeps it"));
    }

    @Test
    void thePlanOfEveryMethodCanBeRead() {
        runner.withPropertyValues("management.endpoints.jmx.exposure.include=*", "spring.jmx.enabled=true")
                .withBean(ByType.class)
                .run(context -> assertThat(context.getBean(PlansEndpoint.class).plans())
                        .containsOnlyKeys(ByType.class.getName())
                        .hasEntrySatisfying(ByType.class.getName(), methods -> {
                            assertThat(methods).containsOnlyKeys("onMethod()", "onType()");
                            assertThat(methods.get("onMethod()"))
                                    .hasSize(4)
                                    .first(STRING)
                                    .startsWith("BUDGET ");
                        }));
    }

    private static Client clientWithoutTarget() {
        return ProxyFactory.getProxy(Client.class, (MethodInterceptor) invocation -> "called");
    }

    private static Client foreignProxy() {
        return (Client) java.lang.reflect.Proxy.newProxyInstance(
                Client.class.getClassLoader(),
                new Class<?>[] {Client.class},
                (proxy, method, args) ->
                        method.getName().equals("call") ? "called" : method.invoke(ProbeStages.PASSED, args));
    }

    /** The advice that runs for one method, from the outside in; stages by their layer. */
    private static Stream<String> advice(Object bean, String method) {
        Advised advised = (Advised) bean;
        Class<?> target = AopUtils.getTargetClass(bean);
        return Arrays.stream(advised.getAdvisors())
                .filter(advisor -> AopUtils.canApply(advisor, target))
                .filter(advisor -> ((org.springframework.aop.PointcutAdvisor) advisor)
                        .getPointcut()
                        .getMethodMatcher()
                        .matches(
                                Arrays.stream(target.getMethods())
                                        .filter(candidate -> candidate.getName().equals(method))
                                        .findFirst()
                                        .orElseThrow(),
                                target))
                .map(advisor -> advisor instanceof StageAdvisor stage
                        ? stage.layer().name()
                        : advisor.getAdvice().getClass().getSimpleName());
    }

    private static List<String> chain(Object bean, String method) {
        return advice(bean, method).toList();
    }
}
