package io.plimsoll.processor.api;

import com.google.auto.service.AutoService;
import io.plimsoll.processor.engine.ElementRule;
import io.plimsoll.processor.engine.Findings;
import io.plimsoll.processor.engine.Message;
import io.plimsoll.processor.engine.Place;
import io.plimsoll.processor.engine.Profile;
import io.plimsoll.processor.engine.Severity;
import io.plimsoll.processor.model.Compilation;
import io.plimsoll.processor.model.RequestHandler;
import java.util.List;
import javax.lang.model.element.Element;
import javax.lang.model.element.TypeElement;

/**
 * Forbids a request handler that answers with a body and has no version: neither in the mapping of its method nor in
 * that of its type.
 */
@AutoService(ElementRule.class)
public final class UnversionedApi implements ElementRule {

    @Override
    public Severity severity(Profile profile) {
        return profile == Profile.STRICT ? Severity.ERROR : Severity.OFF;
    }

    @Override
    public void check(Element element, Compilation compilation, Findings findings) {
        List<RequestHandler> api = RequestHandler.in(element, compilation).stream()
                .filter(RequestHandler::answersWithBody)
                .toList();
        Version version = new Version(compilation);
        if (api.isEmpty()
                || !(element instanceof TypeElement type)
                || compilation.hierarchy().of(type).stream()
                        .anyMatch(each -> version.mayBeSaidOn(each)
                                || each.getSimpleName().contentEquals("ErrorController"))) {
            return;
        }
        List<RequestHandler> unversioned = api.stream()
                .filter(handler -> handler.declarations().stream().noneMatch(version::mayBeSaidOn))
                .toList();
        if (unversioned.size() > 1 && unversioned.size() == api.size()) {
            String all = unversioned.size() == 2 ? "Both handlers" : "All " + unversioned.size() + " handlers";
            findings.report(Place.of(type), message(all + " of " + type.getSimpleName() + " have no API version"));
        } else {
            unversioned.forEach(handler -> findings.report(
                    Place.of(handler.place()),
                    message("The request handler " + handler.name() + " has no API version")));
        }
    }

    private static Message message(String what) {
        return new Message(
                what,
                "The first change that a client cannot take breaks all of them at once",
                "version = \"1\" in the mapping (Spring 7), or \"/v1\" in its path");
    }
}
