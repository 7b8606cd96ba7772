package io.plimsoll.processor.remote;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreeScanner;
import io.plimsoll.processor.model.Hierarchy;
import io.plimsoll.processor.tree.Code;
import io.plimsoll.processor.tree.Receivers;
import java.util.Set;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Name;
import org.jspecify.annotations.Nullable;

/**
 * A client or a request that is made without a timeout.
 *
 * @param place where its making begins
 */
record Unbounded(Sort sort, TreePath place) {

    /** What can be made, and what to type instead. */
    enum Sort {
        REST_CLIENT(
                "RestClient",
                "connect and read",
                "inject the auto-configured RestClient.Builder and call build(): its calls end with the budget of a"
                        + " @Timeout. As a backstop set spring.http.clients.connect-timeout and"
                        + " spring.http.clients.read-timeout"),
        REST_TEMPLATE(
                "RestTemplate",
                "connect and read",
                "inject RestTemplateBuilder and call"
                        + " connectTimeout(Duration.ofSeconds(1)).readTimeout(Duration.ofSeconds(2)).build(): the calls"
                        + " of what it builds also end with the budget of a @Timeout"),
        WEB_CLIENT(
                "WebClient",
                "response",
                "inject the auto-configured WebClient.Builder and call build(): its calls end with the budget of a"
                        + " @Timeout. As a backstop set spring.http.clients.connect-timeout and"
                        + " spring.http.clients.read-timeout"),
        HTTP_CLIENT("HttpClient", "connect", "HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(1)).build()"),
        HTTP_REQUEST("HttpRequest", "response", "timeout(Duration.ofSeconds(2)) before build()");

        private final String subject;
        private final String timeout;
        private final String fix;

        Sort(String subject, String timeout, String fix) {
            this.subject = subject;
            this.timeout = timeout;
            this.fix = fix;
        }

        String subject() {
            return subject;
        }

        String timeout() {
            return timeout;
        }

        String fix() {
            return fix;
        }
    }

    private static final String SPRING = "org.springframework.web.client.";
    private static final String WEB_CLIENT = "org.springframework.web.reactive.function.client.WebClient";
    private static final String JDK = "java.net.http.";

    /** Where a builder comes from, as opposed to being handed in with who knows what set on it. */
    private static final Set<String> STARTS = Set.of("newBuilder", "builder");

    /** What a builder may begin with that has its timeouts already. */
    private static final Set<String> COPIED = Set.of(JDK + "HttpRequest", SPRING + "RestTemplate");

    /** Names of methods with which a class gives its RestTemplate a request factory, or lets others do so. */
    private static final Set<String> COMPLETING = Set.of("setRequestFactory", "customize", "configure");

    /** What a call or a {@code new} makes without a timeout; null if nothing. */
    static @Nullable Unbounded of(TreePath tree, Code code) {
        ExecutableElement method = code.called(tree);
        if (method == null) {
            return null;
        }
        String owner = Hierarchy.owner(method).getQualifiedName().toString();
        if (tree.getLeaf() instanceof NewClassTree) {
            return owner.equals(SPRING + "RestTemplate")
                            && !takes(method, "org.springframework.http.client.ClientHttpRequestFactory")
                            && !isCompleted(tree)
                    ? new Unbounded(Sort.REST_TEMPLATE, tree)
                    : null;
        }
        return switch (owner + "." + method.getSimpleName()) {
            case SPRING + "RestClient.create" ->
                takes(method, SPRING + "RestTemplate") ? null : new Unbounded(Sort.REST_CLIENT, Code.name(tree));
            case WEB_CLIENT + ".create" -> new Unbounded(Sort.WEB_CLIENT, Code.name(tree));
            case JDK + "HttpClient.newHttpClient" -> new Unbounded(Sort.HTTP_CLIENT, Code.name(tree));
            case SPRING + "RestClient.Builder.build" ->
                built(tree, Set.of("requestFactory", "apply"), Sort.REST_CLIENT, code);
            case WEB_CLIENT + ".Builder.build" ->
                built(tree, Set.of("clientConnector", "exchangeFunction", "apply"), Sort.WEB_CLIENT, code);
            case JDK + "HttpClient.Builder.build" -> built(tree, Set.of("connectTimeout"), Sort.HTTP_CLIENT, code);
            case JDK + "HttpRequest.Builder.build" -> built(tree, Set.of("timeout"), Sort.HTTP_REQUEST, code);
            default -> null;
        };
    }

    private static boolean takes(ExecutableElement method, String type) {
        return method.getParameters().stream()
                .anyMatch(each -> each.asType().toString().equals(type));
    }

    /** Only a chain from the first call to the last shows all that is set. */
    private static @Nullable Unbounded built(TreePath build, Set<String> bounding, Sort sort, Code code) {
        for (TreePath next = Receivers.of(build); next != null; next = Receivers.of(next)) {
            Name name = Receivers.method(next);
            if (name == null || bounding.contains(name.toString())) {
                return null;
            }
            if (STARTS.contains(name.toString())) {
                ExecutableElement start = code.called(next);
                return start == null || COPIED.stream().anyMatch(each -> takes(start, each))
                        ? null
                        : new Unbounded(sort, Code.name(next));
            }
        }
        return null;
    }

    private static boolean isCompleted(TreePath tree) {
        TreePath around = tree;
        while (!(around.getLeaf() instanceof ClassTree)) {
            around = around.getParentPath();
        }
        boolean[] found = {false};
        new TreeScanner<@Nullable Void, @Nullable Void>() {
            @Override
            public @Nullable Void visitMethodInvocation(MethodInvocationTree call, @Nullable Void unused) {
                found[0] |= call.getMethodSelect() instanceof MemberSelectTree selected
                        && COMPLETING.contains(selected.getIdentifier().toString());
                return super.visitMethodInvocation(call, null);
            }
        }.scan(around.getLeaf(), null);
        return found[0];
    }
}
