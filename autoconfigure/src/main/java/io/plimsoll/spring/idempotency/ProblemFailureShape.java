package io.plimsoll.spring.idempotency;

import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ProblemDetail;
import org.springframework.web.ErrorResponseException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** {@link ErrorResponseException} and what extends it: the problem is what its client sees of it. */
final class ProblemFailureShape implements FailureShape {

    private final List<Class<?>> declared;

    ProblemFailureShape() {
        this(List.of());
    }

    private ProblemFailureShape(List<Class<?>> declared) {
        this.declared = declared;
    }

    @Override
    public boolean fits(Class<?> type) {
        return ErrorResponseException.class.isAssignableFrom(type);
    }

    @Override
    public FailureShape only(Class<?>[] declared) {
        return new ProblemFailureShape(Stream.of(declared).filter(this::fits).toList());
    }

    @Override
    public @Nullable JsonNode write(Throwable failure, JsonMapper mapper) {
        if (!(failure instanceof ErrorResponseException problem)
                || !declared.contains(failure.getClass())
                || OutcomeCodec.asksToComeAgain(problem.getStatusCode().value())) {
            return null;
        }
        ObjectNode kept = mapper.getNodeFactory().objectNode();
        kept.put("status", problem.getStatusCode().value());
        kept.set("problem", mapper.valueToTree(problem.getBody()));
        return kept;
    }

    @Override
    public @Nullable Throwable read(JsonNode kept, JsonMapper mapper) {
        if (!kept.has("problem") || declared.isEmpty()) {
            return null;
        }
        HttpStatusCode status = HttpStatusCode.valueOf(kept.path("status").asInt());
        return new ErrorResponseException(status, mapper.treeToValue(kept.path("problem"), ProblemDetail.class), null);
    }
}
