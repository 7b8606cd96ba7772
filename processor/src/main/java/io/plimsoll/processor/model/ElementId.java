package io.plimsoll.processor.model;

import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.PackageElement;
import javax.lang.model.element.TypeElement;

/**
 * A text that names a declaration for as long as it is not renamed, whatever moves around it:
 * {@code com.acme.Orders#place(java.lang.String)}.
 */
public final class ElementId {

    private ElementId() {}

    /** What is local is named by the member around it. */
    public static String of(Element element, RuntimeNames names) {
        Element member = member(element);
        if (member instanceof PackageElement pack) {
            return pack.getQualifiedName() + ".package-info";
        }
        if (member instanceof TypeElement type) {
            return names.binaryName(type);
        }
        Element owner = member.getEnclosingElement();
        if (owner == null) {
            return member.getSimpleName().toString();
        }
        if (member.getKind() == ElementKind.PARAMETER) {
            return of(owner, names) + "#" + member.getSimpleName();
        }
        String name = member instanceof ExecutableElement method
                ? names.methodId(method)
                : member.getSimpleName().toString();
        return of(owner, names) + "#" + name;
    }

    /** The innermost declaration around an element that can be named from outside. */
    private static Element member(Element element) {
        Element member = element;
        for (Element next = element; next != null; next = next.getEnclosingElement()) {
            if (isLocal(next) && next.getEnclosingElement() != null) {
                member = next.getEnclosingElement();
            }
        }
        return member;
    }

    private static boolean isLocal(Element element) {
        return switch (element.getKind()) {
            case LOCAL_VARIABLE, EXCEPTION_PARAMETER, RESOURCE_VARIABLE, BINDING_VARIABLE, STATIC_INIT, INSTANCE_INIT ->
                true;
            default ->
                element instanceof TypeElement type
                        && (type.getNestingKind().isNested()
                                && type.getNestingKind() != javax.lang.model.element.NestingKind.MEMBER);
        };
    }
}
