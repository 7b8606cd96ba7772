package io.plimsoll.processor.key;

import java.util.Set;
import javax.lang.model.element.Element;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.PackageElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.ArrayType;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.Elements;

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
        for (Element next = type; next instanceof TypeElement; next = next.getEnclosingElement()) {
            if (!reaches(next)) {
                return false;
            }
        }
        return true;
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
