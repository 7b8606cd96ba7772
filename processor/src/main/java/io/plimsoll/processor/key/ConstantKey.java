package io.plimsoll.processor.key;

import com.google.auto.service.AutoService;
import io.plimsoll.processor.engine.ElementRule;
import io.plimsoll.processor.engine.Findings;
import io.plimsoll.processor.engine.Message;
import io.plimsoll.processor.model.Compilation;
import javax.lang.model.element.Element;
import javax.lang.model.element.ExecutableElement;

/** Forbids a key that uses no parameter. Other parts, such as a scope, may well be constant. */
@AutoService(ElementRule.class)
public final class ConstantKey implements ElementRule {

    @Override
    public void check(Element element, Compilation compilation, Findings findings) {
        for (KeyUse use : KeyUse.on(element, compilation)) {
            if (use.attribute().equals("key")
                    && use.mark().identifies()
                    && use.compiled().constant()
                    && use.site() instanceof ExecutableElement method) {
                findings.report(use.place(), constant(use, method));
            }
        }
    }

    private static Message constant(KeyUse use, ExecutableElement method) {
        return new Message(
                use.subject() + " uses no parameter of " + method.getSimpleName(),
                "All calls would count as one: the first runs, and every other gets its answer",
                method.getParameters().isEmpty()
                        ? "give " + method.getSimpleName() + " a parameter that tells its calls apart"
                        : "what tells the calls apart, such as \"#"
                                + method.getParameters().get(0).getSimpleName() + "\"");
    }
}
