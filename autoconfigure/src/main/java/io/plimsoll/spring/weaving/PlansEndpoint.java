package io.plimsoll.spring.weaving;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;

/** {@code /actuator/plimsoll}: what every method promises, in the order in which the stages run. */
@Endpoint(id = "plimsoll")
final class PlansEndpoint {

    private final Plans plans;

    PlansEndpoint(Plans plans) {
        this.plans = plans;
    }

    /** By type, then by method with its parameter types, each stage as {@code BUDGET 2s}. */
    @ReadOperation
    Map<String, Map<String, List<String>>> plans() {
        Map<String, Map<String, List<String>>> types = new TreeMap<>();
        plans.all().forEach((type, plan) -> {
            if (!plan.isEmpty()) {
                types.put(type.getName(), methods(plan));
            }
        });
        return types;
    }

    private static Map<String, List<String>> methods(Plan plan) {
        Map<String, List<String>> methods = new TreeMap<>();
        plan.stages().forEach(stage -> methods.computeIfAbsent(signature(stage.method()), key -> new ArrayList<>())
                .add(stage.layer() + " " + stage.getAdvice()));
        return methods;
    }

    private static String signature(Method method) {
        return Stream.of(method.getParameterTypes())
                .map(Class::getSimpleName)
                .collect(Collectors.joining(", ", method.getName() + "(", ")"));
    }
}
