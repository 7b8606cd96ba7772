package io.plimsoll.processor.secret;

import com.google.auto.service.AutoService;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.TreePath;
import io.plimsoll.processor.engine.Message;
import io.plimsoll.processor.engine.Profile;
import io.plimsoll.processor.engine.Severity;
import io.plimsoll.processor.engine.TreeFindings;
import io.plimsoll.processor.engine.TreeRule;
import io.plimsoll.processor.tree.Code;
import io.plimsoll.processor.tree.TestCode;
import java.util.Set;
import java.util.regex.Pattern;
import javax.lang.model.element.TypeElement;
import org.jspecify.annotations.Nullable;

/**
 * Forbids a credential in the source: a literal that has the shape of a well-known token, or that looks like a secret
 * and is given to something whose name says so. The idea, and what tells a secret from a mere word, are those of
 * gitleaks, detect-secrets and SonarJava (S2068, S6418). The message never shows the value: a build log is read by many.
 */
@AutoService(TreeRule.class)
public final class HardcodedSecret implements TreeRule {

    /** {@code TestController}, {@code DemoData}, {@code OrderSample}; not {@code Testament}. */
    private static final Pattern DEMONSTRATION =
            Pattern.compile("^(Test|Demo|Sample|Example)(?![a-z])|(Test|Demo|Sample|Example)s?$");

    private final TestCode tests = new TestCode();

    @Override
    public Severity severity(Profile profile) {
        return Severity.WARN;
    }

    @Override
    public Set<Tree.Kind> kinds() {
        return Set.of(Tree.Kind.STRING_LITERAL);
    }

    @Override
    public void check(TreePath tree, Code code, TreeFindings findings) {
        if (!(tree.getLeaf() instanceof LiteralTree literal)
                || !(literal.getValue() instanceof String value)
                || value.length() < Values.SHORTEST) {
            return;
        }
        String what = what(tree, value, code);
        if (what != null && !tests.holds(tree, code)) {
            findings.report(tree, message(what));
        }
    }

    private static @Nullable String what(TreePath tree, String value, Code code) {
        String token = Tokens.sort(value);
        if (token != null) {
            return "This literal is " + token;
        }
        Defaults.Default fallback = Defaults.of(value);
        if (fallback != null) {
            return Values.looksSecret(fallback.value(), fallback.name())
                    ? "The default of " + fallback.name() + " looks like a real credential"
                    : null;
        }
        // Most literals are plain words: they need not be asked what they are for.
        if (!Values.mayBeSecret(value)) {
            return null;
        }
        String name = new Uses(code).name(tree);
        return name != null && Values.looksSecret(value, name) && !isDemonstration(tree, code)
                ? "The value of " + name + " is written into the source"
                : null;
    }

    /** Accounts that a class made up to show or try something opens nothing. */
    private static boolean isDemonstration(TreePath tree, Code code) {
        TypeElement type = code.enclosingType(tree);
        return type != null && DEMONSTRATION.matcher(type.getSimpleName()).find();
    }

    private static Message message(String what) {
        return new Message(
                what,
                "Whoever has the repository, its history or the jar can use it, and it cannot be changed without a release",
                "read it from the environment or a secret store, such as @Value(\"${payment.api-key}\"), and replace the"
                        + " credential: it is known now");
    }
}
