package io.plimsoll.processor.query;

import com.google.auto.service.AutoService;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.TreePath;
import io.plimsoll.processor.engine.Message;
import io.plimsoll.processor.engine.Profile;
import io.plimsoll.processor.engine.Severity;
import io.plimsoll.processor.engine.TreeFindings;
import io.plimsoll.processor.engine.TreeRule;
import io.plimsoll.processor.model.DataAccess;
import io.plimsoll.processor.model.Hierarchy;
import io.plimsoll.processor.model.Stereotypes;
import io.plimsoll.processor.tree.Code;
import java.util.Set;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeMirror;
import org.jspecify.annotations.Nullable;

/** Forbids a query without a page and without a limit in a class of request handlers. */
@AutoService(TreeRule.class)
public final class UnboundedQuery implements TreeRule {

    private static final String MYBATIS_MAPPER = "com.baomidou.mybatisplus.core.mapper.BaseMapper";
    private static final String MYBATIS_SERVICE = "com.baomidou.mybatisplus.extension.service.IService";

    private static final Set<String> FILTERS = Set.of(
            "org.springframework.data.domain.Sort",
            "org.springframework.data.domain.Example",
            "org.springframework.data.jpa.domain.Specification",
            "org.springframework.data.jpa.domain.PredicateSpecification");

    private static final Set<String> ALL =
            Set.of("java.util.List", "java.lang.Iterable", "java.util.Collection", "java.util.stream.Stream");

    @Override
    public Severity severity(Profile profile) {
        return Severity.WARN;
    }

    @Override
    public Set<Tree.Kind> kinds() {
        return Set.of(Tree.Kind.METHOD_INVOCATION);
    }

    @Override
    public Set<String> methods() {
        return Set.of("findAll", "selectList", "list");
    }

    @Override
    public void check(TreePath tree, Code code, TreeFindings findings) {
        // A call on the object itself is no call of a handler.
        if (!(tree.getLeaf() instanceof MethodInvocationTree call)
                || !(call.getMethodSelect() instanceof MemberSelectTree select)) {
            return;
        }
        String fix =
                switch (select.getIdentifier().toString()) {
                    case "findAll" ->
                        isFindAll(select, tree, code)
                                ? "take a Pageable in the handler and call findAll(pageable)"
                                : null;
                    case "selectList" ->
                        isSelectList(call, tree, code)
                                ? "take page and size in the handler and call selectPage(new Page<>(page, size), null)"
                                : null;
                    case "list" ->
                        isList(call, tree, code)
                                ? "take page and size in the handler and call page(new Page<>(page, size))"
                                : null;
                    default -> null;
                };
        TypeElement handlers = fix == null ? null : handlers(tree, code);
        if (fix != null && handlers != null) {
            findings.report(Code.name(tree), message(tree, select.getExpression(), handlers, code, fix));
        }
    }

    private static boolean isFindAll(MemberSelectTree select, TreePath tree, Code code) {
        ExecutableElement method = code.called(tree);
        return method != null
                && isOneOf(method.getReturnType(), ALL)
                && method.getParameters().stream().allMatch(UnboundedQuery::filters)
                && code.type(new TreePath(tree, select.getExpression())) instanceof DeclaredType repository
                && new DataAccess(code.compilation()).isSpringData((TypeElement) repository.asElement());
    }

    private static boolean filters(VariableElement parameter) {
        return isOneOf(parameter.asType(), FILTERS);
    }

    private static boolean isOneOf(TypeMirror type, Set<String> names) {
        return type instanceof DeclaredType declared
                && declared.asElement() instanceof TypeElement element
                && names.contains(element.getQualifiedName().toString());
    }

    /** {@code null} stands for no condition at all. */
    private static boolean isSelectList(MethodInvocationTree call, TreePath tree, Code code) {
        return call.getArguments().size() == 1
                && call.getArguments().get(0).getKind() == Tree.Kind.NULL_LITERAL
                && isOwnedBy(MYBATIS_MAPPER, tree, code);
    }

    private static boolean isList(MethodInvocationTree call, TreePath tree, Code code) {
        return call.getArguments().isEmpty() && isOwnedBy(MYBATIS_SERVICE, tree, code);
    }

    private static boolean isOwnedBy(String type, TreePath tree, Code code) {
        ExecutableElement method = code.called(tree);
        return method != null && Hierarchy.owner(method).getQualifiedName().contentEquals(type);
    }

    /** The class of request handlers around a call, be it in an anonymous class within. */
    private static @Nullable TypeElement handlers(TreePath tree, Code code) {
        Stereotypes stereotypes = new Stereotypes(code.compilation());
        for (TreePath next = tree; next != null; next = next.getParentPath()) {
            if (next.getLeaf() instanceof ClassTree
                    && code.element(next) instanceof TypeElement type
                    && stereotypes.isController(type)) {
                return type;
            }
        }
        return null;
    }

    private static Message message(
            TreePath tree, ExpressionTree repository, TypeElement handlers, Code code, String fix) {
        String owner = code.type(new TreePath(tree, repository)) instanceof DeclaredType type
                ? type.asElement().getSimpleName().toString()
                : repository.toString();
        String method = Code.name(tree).getLeaf().toString();
        return new Message(
                handlers.getSimpleName() + " asks " + owner + "." + method.substring(method.lastIndexOf('.') + 1)
                        + " for everything there is, with no page and no limit",
                "The answer grows with the table: one day a single request reads a million rows into memory",
                fix);
    }
}
