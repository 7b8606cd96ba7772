package io.plimsoll.processor.schedule;

import com.google.auto.service.AutoService;
import io.plimsoll.companion.EntryPoints;
import io.plimsoll.idempotency.Idempotent;
import io.plimsoll.processor.engine.ElementRule;
import io.plimsoll.processor.engine.Findings;
import io.plimsoll.processor.engine.Message;
import io.plimsoll.processor.engine.Place;
import io.plimsoll.processor.engine.Profile;
import io.plimsoll.processor.engine.Severity;
import io.plimsoll.processor.model.Compilation;
import io.plimsoll.processor.model.Merged;
import io.plimsoll.processor.model.Mirrors;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.AnnotationValue;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.util.ElementFilter;

/** Forbids a scheduled method that every instance of the application runs: nothing says which of them should. */
@AutoService(ElementRule.class)
public final class UnlockedSchedule implements ElementRule {

    /** {@code @Profile} and {@code @ConditionalOn...} stand on annotations with this one. */
    private static final Set<String> DECISIONS =
            Set.of("org.springframework.context.annotation.Conditional", Idempotent.class.getName());

    /** Of an annotation, ShedLock's or one's own, or of what a bean holds; no name makes a finding. */
    private static final Pattern LOCK =
            Pattern.compile("Lock|Leader|Cluster|Redisson|CuratorFramework|HazelcastInstance");

    @Override
    public Severity severity(Profile profile) {
        return profile == Profile.STRICT ? Severity.ERROR : Severity.OFF;
    }

    @Override
    public void check(Element element, Compilation compilation, Findings findings) {
        if (element.getKind() != ElementKind.METHOD
                || !(element instanceof ExecutableElement method)
                || !(method.getEnclosingElement() instanceof TypeElement type)) {
            return;
        }
        Merged schedule = compilation.annotations().find(method, EntryPoints.SCHEDULED);
        if (schedule != null
                && !isSwitchedOff(schedule)
                && !type.getModifiers().contains(Modifier.ABSTRACT)
                && !isDecided(method, compilation)
                && !isDecidedAround(type, compilation)
                && !holdsLock(type, compilation)) {
            findings.report(Place.of(method, schedule.root(), null), message(type, method));
        }
    }

    /** {@code -} is Spring's word for never; as a default it leaves the choice to each instance. */
    private static boolean isSwitchedOff(Merged schedule) {
        AnnotationValue cron = schedule.value("cron");
        return cron != null && cron.getValue() instanceof String text && (text.equals("-") || text.endsWith(":-}"));
    }

    private static boolean isDecidedAround(TypeElement type, Compilation compilation) {
        Stream<? extends Element> enclosing =
                Stream.iterate((Element) type, each -> each instanceof TypeElement, Element::getEnclosingElement);
        return Stream.concat(enclosing, compilation.hierarchy().of(type).stream())
                        .anyMatch(each -> isDecided(each, compilation))
                || compilation.hierarchy().hasUnknownSupertype(type);
    }

    private static boolean isDecided(Element element, Compilation compilation) {
        return compilation.annotations().find(element, DECISIONS) != null
                || compilation.annotations().on(element).stream().anyMatch(each -> isLock(each.type()))
                || element.getAnnotationMirrors().stream().anyMatch(UnlockedSchedule::isUnknown);
    }

    private static boolean isUnknown(AnnotationMirror mirror) {
        return Mirrors.type(mirror) == null;
    }

    private static boolean holdsLock(TypeElement type, Compilation compilation) {
        return compilation.hierarchy().of(type).stream()
                .flatMap(each -> ElementFilter.fieldsIn(each.getEnclosedElements()).stream())
                .map(VariableElement::asType)
                .anyMatch(field -> field instanceof DeclaredType declared && isLock(declared.asElement()));
    }

    /** A lock of the JDK holds within one process only. */
    private static boolean isLock(Element type) {
        return LOCK.matcher(type.getSimpleName()).find() && !type.toString().startsWith("java.");
    }

    private static Message message(TypeElement type, ExecutableElement method) {
        String name = type.getSimpleName() + "." + method.getSimpleName();
        return new Message(
                "Every instance of the application runs " + name,
                "With a second instance the work is done twice, and at the same time",
                "@SchedulerLock(name = \"" + name + "\", lockAtMostFor = \"10m\") of ShedLock, @Profile or"
                        + " @ConditionalOnProperty where one instance is chosen, or"
                        + " @SuppressWarnings(\"plimsoll:UnlockedSchedule\") if each instance has work of its own");
    }
}
