package io.plimsoll.processor.key;

import com.google.auto.service.AutoService;
import io.plimsoll.processor.engine.ElementRule;
import io.plimsoll.processor.engine.Findings;
import io.plimsoll.processor.engine.Message;
import io.plimsoll.processor.engine.Profile;
import io.plimsoll.processor.engine.Severity;
import io.plimsoll.processor.model.Compilation;
import javax.lang.model.element.Element;

/** Forbids a key that is put together with {@code +} so that other parts may come out as the same key. */
@AutoService(ElementRule.class)
public final class AmbiguousKey implements ElementRule {

    @Override
    public Severity severity(Profile profile) {
        return profile == Profile.STRICT ? Severity.ERROR : Severity.WARN;
    }

    @Override
    public void check(Element element, Compilation compilation, Findings findings) {
        for (KeyUse use : KeyUse.on(element, compilation)) {
            if (use.mark().identifies()) {
                use.compiled().ambiguous().forEach(sum -> findings.report(use.place(), message(use.subject(), sum)));
            }
        }
    }

    private static Message message(String subject, Sum sum) {
        String how;
        String example;
        if (sum.added()) {
            how = " adds several numbers";
            example = "1 and 4 give the same key as 2 and 3";
        } else if (sum.hasTexts()) {
            how = " puts several texts together";
            example = "\"a:b\" and \"c\" give the same key as \"a\" and \"b:c\"";
        } else if (sum.hasNoText()) {
            how = " puts several numbers together";
            example = "1 and 23 give the same key as 12 and 3";
        } else {
            how = " puts a text and a number together";
            example = "\"a1\" and 2 give the same key as \"a\" and 12";
        }
        return new Message(
                subject + how,
                example + ", and one of two different calls would not run",
                "\"" + sum.asList() + "\" keeps the parts apart");
    }
}
