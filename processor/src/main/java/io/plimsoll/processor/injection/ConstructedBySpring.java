package io.plimsoll.processor.injection;

import io.plimsoll.processor.model.Compilation;
import io.plimsoll.processor.model.Stereotypes;
import java.util.Set;
import java.util.function.Predicate;
import javax.lang.model.element.Element;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;

/** Tells the classes whose constructor Spring calls from those that something else makes, and Spring only fills. */
record ConstructedBySpring(Compilation compilation) implements Predicate<TypeElement> {

    /** On a class that a test framework or a servlet container makes, or on a class around it. */
    private static final Set<String> MADE_BY_OTHERS = Set.of(
            "org.junit.runner.RunWith",
            "org.junit.jupiter.api.extension.ExtendWith",
            "org.springframework.test.context.BootstrapWith",
            "org.springframework.test.context.ContextConfiguration",
            "org.springframework.boot.test.context.TestConfiguration",
            "org.springframework.beans.factory.annotation.Configurable",
            "jakarta.websocket.server.ServerEndpoint",
            "javax.websocket.server.ServerEndpoint",
            "jakarta.servlet.annotation.WebServlet",
            "javax.servlet.annotation.WebServlet",
            "jakarta.servlet.annotation.WebFilter",
            "javax.servlet.annotation.WebFilter",
            "jakarta.servlet.annotation.WebListener",
            "javax.servlet.annotation.WebListener");

    /** Their owners call a constructor without parameters, unless they are told to ask Spring. */
    private static final Set<String> SERVED_BY_OTHERS = Set.of(
            "org.quartz.Job",
            "org.springframework.web.WebApplicationInitializer",
            "jakarta.validation.ConstraintValidator",
            "javax.validation.ConstraintValidator",
            "jakarta.persistence.AttributeConverter",
            "javax.persistence.AttributeConverter");

    @Override
    public boolean test(TypeElement type) {
        return new Stereotypes(compilation).isBean(type)
                && !type.getModifiers().contains(Modifier.ABSTRACT)
                && !compilation.hierarchy().hasUnknownSupertype(type)
                && compilation.hierarchy().of(type).stream().noneMatch(this::isServedByOthers)
                && !isMadeByOthers(type);
    }

    private boolean isServedByOthers(TypeElement each) {
        return SERVED_BY_OTHERS.contains(each.getQualifiedName().toString());
    }

    private boolean isMadeByOthers(TypeElement type) {
        for (Element around = type; around != null; around = around.getEnclosingElement()) {
            if (compilation.annotations().find(around, MADE_BY_OTHERS) != null) {
                return true;
            }
        }
        return false;
    }
}
