package io.plimsoll.processor.idempotency;

import io.plimsoll.processor.model.Compilation;
import io.plimsoll.processor.model.Mirrors;
import java.util.List;
import java.util.Set;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.ArrayType;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.type.WildcardType;
import org.jspecify.annotations.Nullable;

/** Finds out whether a result can be written down and read back. What is not certain passes. */
final class ReplayCheck {

    private static final String ENTITY = "jakarta.persistence.Entity";

    /** Consumed once, or delivered later: there is nothing to write down when the method returns. */
    private static final Set<String> NOT_THERE_YET = Set.of(
            "java.util.stream.BaseStream",
            "java.util.Iterator",
            "org.reactivestreams.Publisher",
            "java.util.concurrent.Flow.Publisher",
            "kotlinx.coroutines.flow.Flow",
            "org.springframework.web.servlet.mvc.method.annotation.StreamingResponseBody",
            "org.springframework.web.servlet.mvc.method.annotation.ResponseBodyEmitter",
            "org.springframework.web.context.request.async.DeferredResult",
            "org.springframework.web.context.request.async.WebAsyncTask",
            "java.util.concurrent.Callable",
            "java.util.concurrent.Future",
            "java.util.concurrent.CompletionStage",
            "java.io.InputStream",
            "java.io.Reader",
            "org.springframework.core.io.Resource");

    /** What only holds a result: the type arguments count. */
    private static final Set<String> HOLDERS = Set.of(
            "org.springframework.http.HttpEntity", "java.util.Optional", "java.util.Collection", "java.util.Map");

    private final Compilation compilation;

    ReplayCheck(Compilation compilation) {
        this.compilation = compilation;
    }

    /** What stands in the way, in words for a message. */
    record Obstacle(String what, String why, String fix) {}

    @Nullable
    Obstacle obstacle(TypeMirror type) {
        if (type instanceof ArrayType array) {
            return obstacle(array.getComponentType());
        }
        if (type instanceof WildcardType wildcard) {
            TypeMirror bound = wildcard.getExtendsBound();
            return bound == null ? untyped("?, which may be anything") : obstacle(bound);
        }
        if (type.getKind() == TypeKind.TYPEVAR) {
            return untyped("the type variable " + type);
        }
        return type.getKind() == TypeKind.DECLARED && type instanceof DeclaredType declared
                ? obstacle(declared, (TypeElement) declared.asElement())
                : null;
    }

    private @Nullable Obstacle obstacle(DeclaredType type, TypeElement element) {
        String name = element.getSimpleName().toString();
        if (element.getQualifiedName().contentEquals("java.lang.Object")) {
            return untyped("an Object");
        }
        if (is(element, NOT_THERE_YET)) {
            return new Obstacle(
                    "a " + name,
                    "It is not a value: what it will deliver is not there when the method returns",
                    "return the value itself, or a record of what a client needs");
        }
        if (Mirrors.written(element, ENTITY) != null) {
            return new Obstacle(
                    "the entity " + name,
                    "An entity read back from a record is not the one in the database, and drags its relations along",
                    "return a record of what a client needs");
        }
        if (!is(element, HOLDERS)) {
            return null;
        }
        List<? extends TypeMirror> arguments = type.getTypeArguments();
        if (arguments.isEmpty() && !element.getTypeParameters().isEmpty()) {
            return untyped("a raw " + name);
        }
        return arguments.stream()
                .map(this::obstacle)
                .filter(found -> found != null)
                .findFirst()
                .orElse(null);
    }

    private boolean is(TypeElement element, Set<String> names) {
        return compilation.hierarchy().of(element).stream()
                .anyMatch(each -> names.contains(each.getQualifiedName().toString()));
    }

    private static Obstacle untyped(String what) {
        return new Obstacle(
                what, "Nobody could tell which type to read the recorded answer as", "name the type of the answer");
    }
}
