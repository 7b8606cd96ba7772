package io.plimsoll.processor.key;

import com.google.auto.service.AutoService;
import io.plimsoll.processor.engine.ElementRule;
import io.plimsoll.processor.engine.Findings;
import io.plimsoll.processor.model.Compilation;
import javax.lang.model.element.Element;

/** Forbids a key of a type whose values are not the same in another process: it would match nothing, or too much. */
@AutoService(ElementRule.class)
public final class UnstableKey implements ElementRule {

    @Override
    public void check(Element element, Compilation compilation, Findings findings) {
        KeyProblem.report(KeyProblem.Kind.UNSTABLE, element, compilation, findings);
    }
}
