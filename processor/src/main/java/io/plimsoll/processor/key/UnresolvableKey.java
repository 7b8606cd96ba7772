package io.plimsoll.processor.key;

import com.google.auto.service.AutoService;
import io.plimsoll.processor.engine.ElementRule;
import io.plimsoll.processor.engine.Findings;
import io.plimsoll.processor.model.Compilation;
import javax.lang.model.element.Element;

/** Forbids a key expression that does not parse, names what is not there, or does what a key expression cannot. */
@AutoService(ElementRule.class)
public final class UnresolvableKey implements ElementRule {

    @Override
    public void check(Element element, Compilation compilation, Findings findings) {
        KeyProblem.report(KeyProblem.Kind.UNRESOLVABLE, element, compilation, findings);
    }

    @Override
    public boolean canJudge(Element element, Compilation compilation) {
        return KeyUse.on(element, compilation).stream()
                .map(use -> use.compiled().problem())
                .noneMatch(problem -> problem != null && problem.mayPass(compilation));
    }
}
