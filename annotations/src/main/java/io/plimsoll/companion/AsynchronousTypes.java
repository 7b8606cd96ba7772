package io.plimsoll.companion;

import java.util.Set;

/**
 * The types of results that stand for work which goes on after the method has returned: most promises about a call cannot
 * be kept for them.
 *
 * <p>By name, because not all of them need be there. The compiler and the starter read the same set: they must not
 * disagree.
 */
public final class AsynchronousTypes {

    public static final Set<String> NAMES = Set.of(
            "java.util.concurrent.CompletionStage",
            "java.util.concurrent.Future",
            "java.util.concurrent.Callable",
            "org.reactivestreams.Publisher",
            "org.springframework.web.context.request.async.DeferredResult",
            "org.springframework.web.context.request.async.WebAsyncTask",
            "org.springframework.web.servlet.mvc.method.annotation.ResponseBodyEmitter",
            "org.springframework.web.servlet.mvc.method.annotation.StreamingResponseBody");

    /**
     * Those of them, as the very type that a method declares, whose work a budget can bound: it can be watched and
     * cancelled through the result, and another result put in its place.
     */
    public static final Set<String> BOUNDED = Set.of(
            "java.util.concurrent.CompletionStage",
            "java.util.concurrent.CompletableFuture",
            "org.reactivestreams.Publisher",
            "reactor.core.publisher.Mono",
            "reactor.core.publisher.Flux");

    private AsynchronousTypes() {}
}
