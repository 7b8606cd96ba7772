package io.plimsoll.processor.validation;

import com.google.auto.service.AutoService;
import io.plimsoll.processor.engine.ElementRule;
import io.plimsoll.processor.engine.Findings;
import io.plimsoll.processor.engine.Message;
import io.plimsoll.processor.engine.Place;
import io.plimsoll.processor.engine.Profile;
import io.plimsoll.processor.engine.Severity;
import io.plimsoll.processor.model.Compilation;
import io.plimsoll.processor.model.SimpleNames;
import java.util.List;
import javax.lang.model.element.Element;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.TypeMirror;

/**
 * Forbids a {@code @RequestBody} or {@code @RequestPart} without {@code @Valid} whose type carries constraints: nobody
 * checks them.
 */
@AutoService(ElementRule.class)
public final class UnvalidatedBody implements ElementRule {

    @Override
    public Severity severity(Profile profile) {
        return profile == Profile.ADOPT ? Severity.WARN : Severity.ERROR;
    }

    @Override
    public void check(Element element, Compilation compilation, Findings findings) {
        Validators validators = new Validators(compilation);
        List<Body> bodies = Body.in(element, validators, compilation);
        for (Body body : bodies) {
            if (!body.validated() && !body.mayBePart(bodies, compilation)) {
                TypeMirror type = body.parameter().type();
                String constraint = new Constraints(compilation).first(type);
                if (constraint != null && !validators.isValidatedInside((TypeElement) element, type)) {
                    findings.report(Place.of(body.parameter().place()), message(body, constraint));
                }
            }
        }
    }

    private static Message message(Body body, String constraint) {
        String name = body.parameter().name();
        return new Message(
                "Nobody checks the constraints of " + name + " in "
                        + body.handler().name() + ": " + constraint,
                "What the type rules out comes in all the same, and fails further inside or is stored",
                "@Valid @" + body.annotation().type().getSimpleName() + " "
                        + SimpleNames.of(body.parameter().type()) + " " + name);
    }
}
