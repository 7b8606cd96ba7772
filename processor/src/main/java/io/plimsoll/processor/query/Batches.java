package io.plimsoll.processor.query;

import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.util.TreePath;
import io.plimsoll.processor.model.Hierarchy;
import io.plimsoll.processor.tree.Code;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.type.ArrayType;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeMirror;

/** Knows the methods of a repository that are right in a loop: they handle many rows at once, or ask nothing. */
final class Batches {

    /** By their names in Spring Data: they give a reference, or act on what is in memory. */
    private static final Set<String> LOCAL =
            Set.of("getReferenceById", "getOne", "getById", "getReference", "flush", "clear", "detach");

    /** Of a parameter or a result. */
    private static final Set<String> PAGES = Set.of(
            "org.springframework.data.domain.Pageable",
            "org.springframework.data.domain.Limit",
            "org.springframework.data.domain.ScrollPosition",
            "org.springframework.data.domain.Slice",
            "org.springframework.data.domain.Window",
            "com.baomidou.mybatisplus.core.metadata.IPage",
            "org.apache.ibatis.session.RowBounds");

    private static final Set<String> MANY = Set.of("java.lang.Iterable", "java.util.stream.BaseStream");

    /** A suspicion is enough to be silent. */
    private static final Pattern PAGED =
            Pattern.compile("page|offset|limit|batch|chunk|cursor|lastid|last_id", Pattern.CASE_INSENSITIVE);

    private Batches() {}

    static boolean isBatchOrLocal(TreePath call, ExecutableElement method, Code code) {
        if (isLocal(method) || isPage(method.getReturnType(), code)) {
            return true;
        }
        for (VariableElement parameter : method.getParameters()) {
            if (PAGED.matcher(parameter.getSimpleName()).find()
                    || isPage(parameter.asType(), code)
                    || isMany(parameter.asType(), code)) {
                return true;
            }
        }
        return call.getLeaf() instanceof MethodInvocationTree invocation
                && invocation.getArguments().stream()
                        .anyMatch(argument -> PAGED.matcher(argument.toString()).find());
    }

    private static boolean isLocal(ExecutableElement method) {
        String name = method.getSimpleName().toString();
        String owner = Hierarchy.owner(method).getQualifiedName().toString();
        return LOCAL.contains(name) && owner.startsWith("org.springframework.data.");
    }

    private static boolean isPage(TypeMirror type, Code code) {
        return Queries.isAny(hierarchy(type, code), PAGES);
    }

    /** A sort order can be iterated over as well. */
    private static boolean isMany(TypeMirror type, Code code) {
        if (type instanceof ArrayType array) {
            return !array.getComponentType().getKind().isPrimitive();
        }
        List<TypeElement> all = hierarchy(type, code);
        return Queries.isAny(all, MANY) && !Queries.isAny(all, Set.of("org.springframework.data.domain.Sort"));
    }

    private static List<TypeElement> hierarchy(TypeMirror type, Code code) {
        return type instanceof DeclaredType declared && declared.asElement() instanceof TypeElement element
                ? code.compilation().hierarchy().of(element)
                : List.of();
    }
}
