package io.plimsoll.processor.query;

import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.MemberReferenceTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.util.TreePath;
import io.plimsoll.processor.model.DataAccess;
import io.plimsoll.processor.model.Hierarchy;
import io.plimsoll.processor.tree.Code;
import java.util.List;
import java.util.Set;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeMirror;
import org.jspecify.annotations.Nullable;

/** Recognises the calls that go to a database: of a chain the last one, which runs it. */
final class Queries {

    /** @param owner the type that is called, as it is written in the code */
    record Query(TypeElement owner, ExecutableElement method, String fix) {}

    private static final String CLIENT = "org.springframework.jdbc.core.simple.JdbcClient";
    private static final Set<String> CLIENT_RESULTS = Set.of(CLIENT + ".MappedQuerySpec", CLIENT + ".ResultQuerySpec");
    private static final Set<String> ENTITY_MANAGERS =
            Set.of("jakarta.persistence.EntityManager", "javax.persistence.EntityManager");
    private static final Set<String> JPA_QUERIES = Set.of("jakarta.persistence.Query", "javax.persistence.Query");
    private static final Set<String> JDBC = Set.of(
            "org.springframework.jdbc.core.JdbcOperations",
            "org.springframework.jdbc.core.namedparam.NamedParameterJdbcOperations");

    private static final Set<String> RUN_BY_JPA = Set.of(
            "getResultList", "getResultStream", "getSingleResult", "getSingleResultOrNull", "executeUpdate", "execute");

    /** They read; the others wait for the flush, which writes in batches. */
    private static final Set<String> READ_BY_ENTITY_MANAGER = Set.of("find", "merge", "refresh");

    private final Code code;
    private final DataAccess access;

    Queries(Code code, DataAccess access) {
        this.code = code;
        this.access = access;
    }

    /** What a call asks of a database; null if it asks nothing. */
    @Nullable
    Query of(TreePath call, ExecutableElement method) {
        TypeElement owner = Hierarchy.owner(method);
        if (method.getKind() != ElementKind.METHOD || method.getModifiers().contains(Modifier.STATIC)) {
            return null;
        }
        if (runsChain(owner, method)) {
            return new Query(owner, method, Fixes.chain(method));
        }
        TypeElement receiver = receiver(call, method);
        if (receiver == null || isOfObject(owner) || !access.isDataAccess(receiver)) {
            return null;
        }
        List<TypeElement> all = code.compilation().hierarchy().of(receiver);
        String name = method.getSimpleName().toString();
        if (isAny(all, ENTITY_MANAGERS)) {
            return READ_BY_ENTITY_MANAGER.contains(name) ? new Query(receiver, method, Fixes.ENTITIES) : null;
        }
        if (isAny(all, JDBC)) {
            boolean runs = name.equals("update") || name.startsWith("query");
            return runs && isSameStatement(call) ? new Query(receiver, method, Fixes.jdbc(method)) : null;
        }
        boolean local = isAny(all, Set.of(CLIENT)) || Batches.isBatchOrLocal(call, method, code);
        return local ? null : new Query(receiver, method, Fixes.repository(method, access.isSpringData(receiver)));
    }

    private boolean runsChain(TypeElement owner, ExecutableElement method) {
        String type = code.text(owner.getQualifiedName());
        if (CLIENT_RESULTS.contains(type)) {
            return true;
        }
        if (type.equals(CLIENT + ".StatementSpec")) {
            return method.getSimpleName().contentEquals("update") || hasCallback(method);
        }
        return RUN_BY_JPA.contains(code.text(method.getSimpleName()))
                && isAny(code.compilation().hierarchy().of(owner), JPA_QUERIES);
    }

    /** {@code query(RowMapper)} only says how to read what a later call will fetch; with these it fetches. */
    private static boolean hasCallback(ExecutableElement method) {
        return method.getSimpleName().contentEquals("query")
                && method.getParameters().stream()
                        .map(parameter -> parameter.asType().toString())
                        .anyMatch(type -> type.contains("RowCallbackHandler") || type.contains("ResultSetExtractor"));
    }

    /** A statement that is put together on the spot may be another one each time: no batch could run it. */
    private boolean isSameStatement(TreePath call) {
        if (!(call.getLeaf() instanceof MethodInvocationTree invocation)) {
            return true;
        }
        List<? extends ExpressionTree> arguments = invocation.getArguments();
        if (arguments.isEmpty()) {
            return true;
        }
        TreePath sql = new TreePath(call, arguments.get(0));
        return code.constant(sql) != null || code.element(sql) instanceof VariableElement;
    }

    /** The type before the dot. A call on the object itself counts in a repository interface alone: none other is one. */
    private @Nullable TypeElement receiver(TreePath call, ExecutableElement method) {
        ExpressionTree before = before(call);
        if (before == null || isSelf(before)) {
            TypeElement self = code.enclosingType(call);
            boolean query = self != null
                    && self.getKind() == ElementKind.INTERFACE
                    && method.getModifiers().contains(Modifier.ABSTRACT);
            return query ? self : null;
        }
        TypeMirror type = code.type(new TreePath(call, before));
        return type instanceof DeclaredType declared && declared.asElement() instanceof TypeElement element
                ? element
                : null;
    }

    private boolean isSelf(ExpressionTree before) {
        String name = before instanceof IdentifierTree simple ? code.text(simple.getName()) : "";
        return name.equals("this") || name.equals("super");
    }

    private static @Nullable ExpressionTree before(TreePath call) {
        if (call.getLeaf() instanceof MemberReferenceTree reference) {
            return reference.getQualifierExpression();
        }
        return call.getLeaf() instanceof MethodInvocationTree invocation
                        && invocation.getMethodSelect() instanceof MemberSelectTree select
                ? select.getExpression()
                : null;
    }

    private static boolean isOfObject(TypeElement owner) {
        return owner.getQualifiedName().contentEquals("java.lang.Object");
    }

    static boolean isAny(List<TypeElement> types, Set<String> names) {
        return types.stream()
                .anyMatch(type -> names.contains(type.getQualifiedName().toString()));
    }
}
