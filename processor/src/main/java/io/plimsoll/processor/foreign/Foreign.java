package io.plimsoll.processor.foreign;

import io.plimsoll.processor.model.Compilation;
import io.plimsoll.processor.model.Merged;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import javax.lang.model.element.Element;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;
import org.jspecify.annotations.Nullable;

final class Foreign {

    private Foreign() {}

    /** The annotation that holds for a method, on itself or around it; null if there is none. */
    static @Nullable String name(
            Set<String> annotations, ExecutableElement method, TypeElement type, Compilation compilation) {
        List<Element> places = new ArrayList<>(compilation.hierarchy().declarations(method, type));
        places.addAll(compilation.hierarchy().of(type));
        for (Element place : places) {
            Merged found = compilation.annotations().find(place, annotations);
            if (found != null) {
                return "@" + found.type().getSimpleName();
            }
        }
        return null;
    }
}
