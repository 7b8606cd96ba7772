package io.plimsoll.processor.model;

import java.util.Set;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.TypeElement;

/** What a class is to Spring, as far as its annotations say so: a bean may be declared elsewhere. */
public final class Stereotypes {

    private static final String COMPONENT = "org.springframework.stereotype.Component";
    private static final String CONTROLLER = "org.springframework.stereotype.Controller";
    private static final String REPOSITORY = "org.springframework.stereotype.Repository";
    private static final String SERVICE = "org.springframework.stereotype.Service";

    private final Compilation compilation;

    public Stereotypes(Compilation compilation) {
        this.compilation = compilation;
    }

    /** Whether component scanning makes it a bean. */
    public boolean isBean(TypeElement type) {
        return has(type, COMPONENT);
    }

    /** Whether it is a class of request handlers. */
    public boolean isController(TypeElement type) {
        return has(type, CONTROLLER);
    }

    public boolean isService(TypeElement type) {
        return has(type, SERVICE);
    }

    public boolean isRepository(TypeElement type) {
        return has(type, REPOSITORY);
    }

    private boolean has(TypeElement type, String stereotype) {
        return type.getKind() != ElementKind.ANNOTATION_TYPE
                && compilation.annotations().find(type, Set.of(stereotype)) != null;
    }
}
