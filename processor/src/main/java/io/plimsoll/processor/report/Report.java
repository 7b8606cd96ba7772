package io.plimsoll.processor.report;

import io.plimsoll.processor.model.CallsFromOutside;
import io.plimsoll.processor.model.Compilation;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.ElementFilter;

/** Asks the features what they say about the entry points of a type. */
public final class Report {

    private final List<Cell> cells;

    public Report(List<Cell> cells) {
        this.cells = cells;
    }

    /** The entry points of a top-level type and of those nested in it, in the order of the source. */
    public List<Row> rows(TypeElement type, Compilation compilation) {
        List<Row> rows = new ArrayList<>();
        CallsFromOutside calls = new CallsFromOutside(compilation);
        CallsFromOutside.Role role = calls.role(type);
        if (role != null) {
            for (ExecutableElement method : compilation.hierarchy().methods(type)) {
                CallsFromOutside.Kind kind = calls.kind(method, type, role);
                if (kind != null) {
                    rows.add(row(method, type, kind, compilation));
                }
            }
        }
        for (TypeElement nested : ElementFilter.typesIn(type.getEnclosedElements())) {
            rows.addAll(rows(nested, compilation));
        }
        return rows;
    }

    private Row row(ExecutableElement method, TypeElement type, CallsFromOutside.Kind kind, Compilation compilation) {
        Map<Column, String> texts = new EnumMap<>(Column.class);
        for (Cell cell : cells) {
            String text = cell.text(method, type, compilation);
            if (text != null) {
                texts.merge(cell.column(), text, (one, other) -> one + "; " + other);
            }
        }
        return new Row(
                compilation.names().binaryName(type) + "#" + compilation.names().methodId(method),
                type.getSimpleName() + "." + method.getSimpleName(),
                kind.toString(),
                texts);
    }
}
