package io.plimsoll.processor.key;

import com.google.auto.service.AutoService;
import io.plimsoll.processor.engine.ElementRule;
import io.plimsoll.processor.engine.Findings;
import io.plimsoll.processor.engine.Message;
import io.plimsoll.processor.engine.Profile;
import io.plimsoll.processor.engine.Severity;
import io.plimsoll.processor.model.Compilation;
import javax.lang.model.element.Element;

/** Forbids a key that is glued together from texts, one of which may hold what should separate them. */
@AutoService(ElementRule.class)
public final class AmbiguousKey implements ElementRule {

    @Override
    public Severity severity(Profile profile) {
        return profile == Profile.STRICT ? Severity.ERROR : Severity.WARN;
    }

    @Override
    public void check(Element element, Compilation compilation, Findings findings) {
        for (KeyUse use : KeyUse.on(element, compilation)) {
            use.compiled()
                    .ambiguous()
                    .forEach(sum -> findings.report(
                            use.place(),
                            new Message(
                                    use.subject() + " puts several texts together",
                                    "\"a:b\" and \"c\" give the same key as \"a\" and \"b:c\", and one of two different"
                                            + " calls would not run",
                                    "\"" + sum.asList() + "\" keeps the parts apart")));
        }
    }
}
