package io.plimsoll.processor.contract;

import com.google.auto.service.AutoService;
import io.plimsoll.outbox.EventType;
import io.plimsoll.processor.model.Compilation;
import io.plimsoll.processor.model.Merged;
import io.plimsoll.processor.report.Extract;
import java.util.ArrayList;
import java.util.List;
import javax.lang.model.element.AnnotationValue;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.DeclaredType;

/**
 * The contract of one event: {@code order.placed 1}, and behind it a line for each field, {@code   lines[].sku string}. One
 * that may be missing ends with a question mark.
 */
@AutoService(Extract.class)
public final class Contract implements Extract {

    @Override
    public String sort() {
        return "contracts";
    }

    @Override
    public List<String> lines(TypeElement type, Compilation compilation) {
        Merged event = type.getKind() == ElementKind.ANNOTATION_TYPE
                ? null
                : compilation.annotations().find(type, EventType.class.getName());
        AnnotationValue name = event == null ? null : event.value("name");
        AnnotationValue version = event == null ? null : event.value("version");
        if (name == null
                || version == null
                || !(name.getValue() instanceof String text)
                || text.isBlank()
                || !(version.getValue() instanceof Integer number)) {
            return List.of();
        }
        List<String> lines = new ArrayList<>();
        lines.add(text + " " + number);
        if (type.asType() instanceof DeclaredType declared) {
            new Schema(compilation).fields(declared).forEach(field -> lines.add("  " + field));
        }
        return lines;
    }
}
