package io.plimsoll.spring.outbox;

import io.plimsoll.outbox.OutboxListener;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.aop.framework.autoproxy.AutoProxyUtils;
import org.springframework.aop.scope.ScopedProxyUtils;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.MethodIntrospector;
import org.springframework.core.MethodIntrospector.MetadataLookup;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.annotation.AnnotationUtils;

/** The methods with {@link OutboxListener} of all beans, by their topics. Looks at classes alone: it makes no bean. */
final class ListenerMethods {

    private ListenerMethods() {}

    static Map<String, List<ListenerMethod>> of(ConfigurableListableBeanFactory beans) {
        Map<String, List<ListenerMethod>> byTopic = new TreeMap<>();
        for (String name : beans.getBeanNamesForType(Object.class, true, false)) {
            Class<?> type =
                    ScopedProxyUtils.isScopedTarget(name) ? null : AutoProxyUtils.determineTargetClass(beans, name);
            if (type == null || !AnnotationUtils.isCandidateClass(type, OutboxListener.class)) {
                continue;
            }
            Map<Method, OutboxListener> found = MethodIntrospector.selectMethods(type, (MetadataLookup<OutboxListener>)
                    method -> AnnotatedElementUtils.findMergedAnnotation(method, OutboxListener.class));
            found.forEach(
                    (method, annotation) -> byTopic.computeIfAbsent(annotation.topic(), topic -> new ArrayList<>())
                            .add(ListenerMethod.of(annotation.topic(), () -> beans.getBean(name), method)));
        }
        return byTopic;
    }
}
