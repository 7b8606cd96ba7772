package io.plimsoll.processor.query;

import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.util.TreePath;
import io.plimsoll.processor.model.Hierarchy;
import io.plimsoll.processor.tree.Code;
import java.util.Set;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;

/** Tells how often a lambda or a method reference runs, by the method it is given to. */
final class Functions {

    /** When a function runs. */
    enum Runs {
        PER_ELEMENT,
        /** There and then, or not at all. */
        ONCE,
        /** Later, on another thread, in a transaction of its own: nobody knows. */
        ELSEWHERE
    }

    private static final Set<String> PER_ELEMENT = Set.of(
            "forEach",
            "forEachOrdered",
            "forEachRemaining",
            "map",
            "mapToObj",
            "mapToInt",
            "mapToLong",
            "mapToDouble",
            "flatMap",
            "mapMulti",
            "filter",
            "peek",
            "anyMatch",
            "allMatch",
            "noneMatch",
            "takeWhile",
            "dropWhile",
            "removeIf",
            "replaceAll");

    private static final Set<String> BY_COLLECTORS =
            Set.of("toMap", "toUnmodifiableMap", "groupingBy", "partitioningBy", "mapping", "filtering", "flatMapping");

    private static final Set<String> ELEMENTS =
            Set.of("java.util.stream.BaseStream", "java.lang.Iterable", "java.util.Map", "java.util.Iterator");

    private static final Set<String> ONCE = Set.of("java.util.Optional", "java.util.Objects");

    private final Code code;

    Functions(Code code) {
        this.code = code;
    }

    /** @param function a lambda or a method reference */
    Runs runs(TreePath function) {
        TreePath call = function.getParentPath();
        if (!(call.getLeaf() instanceof MethodInvocationTree invocation)) {
            return Runs.ELSEWHERE;
        }
        ExecutableElement method = code.called(call);
        if (method == null) {
            return Runs.ELSEWHERE;
        }
        TypeElement owner = Hierarchy.owner(method);
        String name = method.getSimpleName().toString();
        String type = owner.getQualifiedName().toString();
        if (type.equals("java.util.stream.Collectors")) {
            return BY_COLLECTORS.contains(name) ? Runs.PER_ELEMENT : Runs.ELSEWHERE;
        }
        if (ONCE.contains(type)) {
            return Runs.ONCE;
        }
        if (!Queries.isAny(code.compilation().hierarchy().of(owner), ELEMENTS)) {
            return Runs.ELSEWHERE;
        }
        if (!PER_ELEMENT.contains(name)) {
            return Runs.ONCE; // Such as Map.computeIfAbsent
        }
        boolean few = invocation.getMethodSelect() instanceof MemberSelectTree select
                && new Few(code).are(new TreePath(call, select.getExpression()));
        return few ? Runs.ONCE : Runs.PER_ELEMENT;
    }
}
