package io.plimsoll.spring.outbox;

import io.plimsoll.outbox.OutboxListener;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.springframework.aop.framework.autoproxy.AutoProxyUtils;
import org.springframework.aop.scope.ScopedProxyUtils;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.MethodIntrospector;
import org.springframework.core.MethodIntrospector.MetadataLookup;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.annotation.AnnotationUtils;

/** The methods with {@link OutboxListener} of all beans, by their topics. Looks at classes alone: it makes no bean. */
final class ListenerMethods {

    private static final Log log = LogFactory.getLog(ListenerMethods.class);

    private ListenerMethods() {}

    static Map<String, List<ListenerMethod>> of(ConfigurableListableBeanFactory beans) {
        Map<String, List<ListenerMethod>> byTopic = new TreeMap<>();
        for (String name : beans.getBeanNamesForType(Object.class, true, false)) {
            for (Map.Entry<Method, OutboxListener> each : find(beans, name).entrySet()) {
                String topic = each.getValue().topic();
                byTopic.computeIfAbsent(topic, key -> new ArrayList<>())
                        .add(ListenerMethod.of(topic, () -> beans.getBean(name), each.getKey()));
            }
        }
        return byTopic;
    }

    /** None of a class that cannot be looked at, because something that it names is not there: nobody could use it either. */
    private static Map<Method, OutboxListener> find(ConfigurableListableBeanFactory beans, String name) {
        try {
            Class<?> type =
                    ScopedProxyUtils.isScopedTarget(name) ? null : AutoProxyUtils.determineTargetClass(beans, name);
            return type == null || !AnnotationUtils.isCandidateClass(type, OutboxListener.class)
                    ? Map.of()
                    : MethodIntrospector.selectMethods(type, (MetadataLookup<OutboxListener>)
                            method -> AnnotatedElementUtils.findMergedAnnotation(method, OutboxListener.class));
        } catch (RuntimeException | LinkageError e) {
            log.debug("The bean " + name + " is not looked at for listeners", e);
            return Map.of();
        }
    }
}
