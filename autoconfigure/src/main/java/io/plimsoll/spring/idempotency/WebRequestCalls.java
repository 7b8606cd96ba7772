package io.plimsoll.spring.idempotency;

import io.plimsoll.spring.weaving.BrokenPromiseException;
import io.plimsoll.spring.weaving.PromisedMethod;
import java.io.OutputStream;
import java.io.Writer;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.http.HttpEntity;
import org.springframework.http.ResponseEntity;
import org.springframework.ui.Model;
import org.springframework.ui.ModelMap;
import org.springframework.web.bind.annotation.ResponseBody;
import tools.jackson.databind.json.JsonMapper;

/** With Spring MVC. */
final class WebRequestCalls implements RequestCalls {

    private static final List<Class<?>> WRITTEN_BY_HAND =
            List.of(OutputStream.class, Writer.class, Model.class, ModelMap.class);

    private final Set<String> keptHeaders;
    private final int maxBodySize;

    WebRequestCalls(Set<String> keptHeaders, int maxBodySize) {
        this.keptHeaders = Set.copyOf(keptHeaders);
        this.maxBodySize = maxBodySize;
    }

    @Override
    public CallSource source(IdempotentMethod handler, @Nullable CallSource withoutRequest, JsonMapper mapper) {
        return new RequestCallSource(handler, keptHeaders, maxBodySize, withoutRequest, mapper);
    }

    /**
     * What a handler writes by hand, and the model of a view, is gone when it has returned: a replay would be an empty
     * page.
     */
    @Override
    public void requireReplayable(PromisedMethod handler) {
        Method method = handler.method();
        Class<?> byHand = Stream.of(method.getParameterTypes())
                .filter(parameter -> WRITTEN_BY_HAND.stream().anyMatch(each -> each.isAssignableFrom(parameter)))
                .findFirst()
                .orElse(null);
        if (byHand != null) {
            throw notReplayable(handler, "takes a " + byHand.getSimpleName());
        }
        Class<?> result = method.getReturnType();
        boolean rendered = HttpEntity.class.isAssignableFrom(result)
                || ProblemShape.fits(result)
                || AnnotatedElementUtils.hasAnnotation(method, ResponseBody.class)
                || AnnotatedElementUtils.hasAnnotation(handler.beanType(), ResponseBody.class);
        if (!rendered && result != void.class) {
            throw notReplayable(handler, "renders a view");
        }
    }

    private static BrokenPromiseException notReplayable(PromisedMethod handler, String what) {
        return new BrokenPromiseException(
                "@Idempotent on " + handler.name() + ", which " + what
                        + ": its answer is more than what it returns, so it could not be replayed.",
                "Return the body of the answer, or a ResponseEntity, from a @RestController.");
    }

    @Override
    public ResultShape shape(Class<?> resultType) {
        if (resultType == ResponseEntity.class || resultType == HttpEntity.class) {
            return new ResponseEntityShape(keptHeaders);
        }
        return ProblemShape.fits(resultType) ? new ProblemShape() : ResultShape.PLAIN;
    }

    @Override
    public FailureShape failureShape() {
        return new ProblemFailureShape();
    }
}
