package io.plimsoll.benchmarks.timeout;

import java.util.List;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.aop.AopAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/**
 * A load run: a hundred thousand calls at once, each on a virtual thread of its own, each waiting for most of its time.
 *
 * <p>The promise: under {@code @Timeout} they cost no more than 1.2 times what they cost through a bare proxy. Wall time
 * is mostly the wait itself, so it is the processor's time that tells. Nobody promises how late a call is cut where all
 * are cut at once, but it is told, beside calls that sleep until the same moment and wake up by themselves.
 *
 * <p>The lanes take turns, each round begins with another one, and a ratio is taken within a round, so that what the
 * machine does meanwhile meets all of them. To be started on a JDK that has virtual threads.
 */
public final class VirtualThreadsBenchmark {

    private final CrowdOptions options;

    private VirtualThreadsBenchmark(CrowdOptions options) {
        this.options = options;
    }

    public static void main(String[] args) throws Exception {
        CrowdOptions options = CrowdOptions.parse(args);
        VirtualThreadsBenchmark benchmark = new VirtualThreadsBenchmark(options);
        try (ConfigurableApplicationContext context = new SpringApplicationBuilder(Application.class)
                .web(WebApplicationType.NONE)
                .properties(
                        "spring.main.banner-mode=off",
                        "logging.level.root=error",
                        "crowd.budget=" + options.budget().toMillis() + "ms")
                .run()) {
            System.out.println(CrowdReport.head(options) + benchmark.held(context) + benchmark.cut(context));
        }
    }

    private String held(ConfigurableApplicationContext context) throws Exception {
        Visit bare = Proxies.bare(new Visit());
        List<CrowdLane> lanes = List.of(
                CrowdLane.held("bare", bare, options.parks(), options.hold()),
                CrowdLane.held("`@Timeout`", context.getBean(Visit.Timed.class), options.parks(), options.hold()),
                CrowdLane.held(
                        "`@Timeout` calling `@Timeout`, both armed",
                        context.getBean(Visit.TwiceTimed.class),
                        options.parks(),
                        options.hold()));
        run(lanes);
        String title = options.hold().toMillis() + " ms in " + options.parks() + " waits, none cut";
        return CrowdReport.held(title, lanes);
    }

    private String cut(ConfigurableApplicationContext context) throws Exception {
        List<CrowdLane> lanes = List.of(
                CrowdLane.held("bare, waking up", Proxies.bare(new Visit()), 1, options.budget()),
                CrowdLane.cut("`@Timeout`, cut", context.getBean(Visit.Cut.class), options.budget()));
        run(lanes);
        return CrowdReport.cut("All cut after " + options.budget().toMillis() + " ms", lanes);
    }

    private void run(List<CrowdLane> lanes) throws Exception {
        for (int round = -options.warmups(); round < options.rounds(); round++) {
            for (int turn = 0; turn < lanes.size(); turn++) {
                CrowdLane lane = lanes.get(Math.floorMod(round + turn, lanes.size()));
                CrowdTurn result = CrowdTurn.of(lane, options.calls());
                System.err.printf(
                        "round %d, %s: %.0f ms, %.0f ms of CPU, %d at once, the last one %.0f ms late%n",
                        round + 1,
                        lane.name(),
                        result.wallMillis(),
                        result.cpuMillis(),
                        result.atOnce(),
                        result.lateMillis(1));
                if (round >= 0) {
                    lane.turns().add(result);
                }
            }
        }
    }

    @Configuration(proxyBeanMethods = false)
    @ImportAutoConfiguration({
        AopAutoConfiguration.class,
        io.plimsoll.spring.weaving.WeavingAutoConfiguration.class,
        io.plimsoll.spring.timeout.TimeoutAutoConfiguration.class
    })
    @Import({Visit.Timed.class, Visit.TwiceTimed.class, Visit.Cut.class})
    static class Application {}
}
