package io.plimsoll.processor.key;

import java.util.Objects;
import java.util.Set;
import javax.lang.model.element.Element;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.PackageElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.ArrayType;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.type.WildcardType;
import javax.lang.model.util.Elements;
import org.jspecify.annotations.Nullable;

/** What the companion can name: it lies in the package of the type whose expressions it holds, and inherits nothing. */
final class Access {

    private final Elements elements;
    private final PackageElement here;

    Access(Elements elements, Element site) {
        this.elements = elements;
        this.here = elements.getPackageOf(site);
    }

    /** Whether a member can be named once its type can be. */
    boolean reaches(Element member) {
        Set<Modifier> modifiers = member.getModifiers();
        return modifiers.contains(Modifier.PUBLIC)
                || (!modifiers.contains(Modifier.PRIVATE) && here.equals(elements.getPackageOf(member)));
    }

    /** Whether a type and all around it can be named. */
    boolean reaches(TypeMirror type) {
        if (type instanceof ArrayType array) {
            return reaches(array.getComponentType());
        }
        TypeElement element = JavaTypes.element(type);
        return element == null || reachesType(element);
    }

    private boolean reachesType(Element type) {
        return hidden(type) == null;
    }

    private @Nullable Element hidden(Element type) {
        for (Element next = type; next instanceof TypeElement; next = next.getEnclosingElement()) {
            if (!reaches(next)) {
                return next;
            }
        }
        return null;
    }

    /** What keeps a type from being written down with all its arguments; null if nothing does. */
    @Nullable
    Element unnameable(TypeMirror type) {
        if (type instanceof ArrayType array) {
            return unnameable(array.getComponentType());
        }
        if (type instanceof WildcardType wildcard) {
            return wildcard.getExtendsBound() == null ? null : unnameable(wildcard.getExtendsBound());
        }
        TypeElement element = JavaTypes.element(type);
        if (element == null || !reachesType(element)) {
            return element == null ? null : hidden(element);
        }
        return ((DeclaredType) type)
                .getTypeArguments().stream()
                        .map(this::unnameable)
                        .filter(Objects::nonNull)
                        .findFirst()
                        .orElse(null);
    }

    /** What to say of something that is out of reach. */
    KeyProblem outOfReach(String subject, Element element) {
        boolean isPrivate = element.getModifiers().contains(Modifier.PRIVATE);
        return KeyProblem.unresolvable(
                subject + " is " + (isPrivate ? "private" : "not public")
                        + ", and the code of the key is a class of its own in package " + here.getQualifiedName(),
                isPrivate ? "delete 'private', or use something else" : "make it public, or use something else");
    }
}
