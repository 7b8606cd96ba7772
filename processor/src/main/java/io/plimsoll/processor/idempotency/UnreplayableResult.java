package io.plimsoll.processor.idempotency;

import com.google.auto.service.AutoService;
import io.plimsoll.idempotency.Idempotent;
import io.plimsoll.processor.engine.ElementRule;
import io.plimsoll.processor.engine.Findings;
import io.plimsoll.processor.engine.Message;
import io.plimsoll.processor.engine.Place;
import io.plimsoll.processor.model.Compilation;
import javax.lang.model.element.Element;
import javax.lang.model.element.ExecutableElement;

/** Forbids an idempotent method whose result cannot be recorded and given out again. */
@AutoService(ElementRule.class)
public final class UnreplayableResult implements ElementRule {

    @Override
    public void check(Element element, Compilation compilation, Findings findings) {
        Declared promise = Declared.find(Idempotent.class, element, compilation);
        if (promise == null || !(element instanceof ExecutableElement method)) {
            return;
        }
        ReplayCheck.Obstacle obstacle = new ReplayCheck(compilation).obstacle(method.getReturnType());
        if (obstacle != null) {
            findings.report(
                    Place.of(method),
                    new Message(
                            Declared.name(method) + " is @Idempotent and returns " + obstacle.what(),
                            obstacle.why() + ", so a repeated call would get no answer",
                            obstacle.fix()));
        }
    }
}
