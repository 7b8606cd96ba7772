package io.plimsoll.processor.timeout;

import com.google.auto.service.AutoService;
import io.plimsoll.processor.model.Compilation;
import io.plimsoll.processor.model.Merged;
import io.plimsoll.processor.report.Cell;
import io.plimsoll.processor.report.Column;
import io.plimsoll.timeout.NoTimeout;
import io.plimsoll.timeout.Timeout;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import javax.lang.model.element.AnnotationValue;
import javax.lang.model.element.Element;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;
import org.jspecify.annotations.Nullable;

/** Tells the budget of an entry point and, if it is not its own, whose it is. */
@AutoService(Cell.class)
public final class TimeoutCell implements Cell {

    private static final Set<String> ANSWERS = Set.of(Timeout.class.getName(), NoTimeout.class.getName());

    @Override
    public Column column() {
        return Column.TIMEOUT;
    }

    @Override
    public @Nullable String text(ExecutableElement method, TypeElement type, Compilation compilation) {
        List<Element> places = new ArrayList<>(compilation.hierarchy().declarations(method, type));
        places.addAll(compilation.hierarchy().of(type));
        places.add(compilation.elements().getPackageOf(type));
        for (Element place : places) {
            Merged answer = compilation.annotations().find(place, ANSWERS);
            if (answer != null) {
                return text(answer) + origin(place);
            }
        }
        return null;
    }

    private static String text(Merged answer) {
        boolean budget = answer.type().getQualifiedName().contentEquals(Timeout.class.getName());
        AnnotationValue value = answer.value(budget ? "value" : "reason");
        String text = value == null ? "?" : String.valueOf(value.getValue());
        return budget ? text : "none: " + text;
    }

    private static String origin(Element place) {
        return switch (place.getKind()) {
            case METHOD -> "";
            case PACKAGE -> " (package)";
            default -> " (" + place.getSimpleName() + ")";
        };
    }
}
