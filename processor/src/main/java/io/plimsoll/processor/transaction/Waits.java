package io.plimsoll.processor.transaction;

import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreeScanner;
import io.plimsoll.processor.model.KnownMethods;
import io.plimsoll.processor.tree.Code;
import io.plimsoll.processor.tree.Receivers;
import java.util.Set;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Name;
import javax.lang.model.element.TypeElement;
import org.jspecify.annotations.Nullable;

/** Recognises calls that make the thread wait for something else than a database. */
final class Waits {

    private static final String CONCURRENT = "java.util.concurrent.";
    private static final String LOCKS = "java.util.concurrent.locks.";
    private static final Set<String> FUTURES = Set.of("get", "join");
    private static final Set<String> ALL = Set.of("allOf", "invokeAll");
    private static final Set<String> COMPLETE = Set.of("completedFuture", "completedStage");

    /** With the least number of parameters with which a method waits: {@code poll()} does not wait. */
    private final KnownMethods<Integer> known = new KnownMethods<Integer>()
            .add(1, "java.lang.Thread", "sleep")
            .add(0, "java.lang.Thread", "join")
            .add(1, CONCURRENT + "TimeUnit", "sleep")
            .add(0, CONCURRENT + "Future", "get")
            .add(0, CONCURRENT + "CompletableFuture", "join")
            .add(0, CONCURRENT + "ForkJoinTask", "join", "invoke")
            .add(1, CONCURRENT + "ExecutorService", "invokeAll", "invokeAny", "awaitTermination")
            .add(0, CONCURRENT + "CountDownLatch", "await")
            .add(0, CONCURRENT + "CyclicBarrier", "await")
            .add(0, CONCURRENT + "Semaphore", "acquire", "acquireUninterruptibly")
            .add(2, CONCURRENT + "Semaphore", "tryAcquire")
            .add(0, CONCURRENT + "BlockingQueue", "take")
            .add(2, CONCURRENT + "BlockingQueue", "poll")
            .add(3, CONCURRENT + "BlockingQueue", "offer")
            .add(1, CONCURRENT + "ArrayBlockingQueue", "put")
            .add(1, CONCURRENT + "SynchronousQueue", "put")
            .add(0, LOCKS + "Lock", "lock", "lockInterruptibly")
            .add(2, LOCKS + "Lock", "tryLock")
            .add(0, LOCKS + "Condition", "await", "awaitUninterruptibly", "awaitNanos", "awaitUntil")
            .add(0, "reactor.core.publisher.Mono", "block", "blockOptional")
            .add(0, "reactor.core.publisher.Flux", "blockFirst", "blockLast");

    /** The names of the methods that may wait. */
    Set<String> names() {
        return known.names();
    }

    /** The cheap question to ask first. */
    boolean mayWait(TreePath call, Code code) {
        Name name = Receivers.method(call);
        return name != null && known.mayKnow(name, code.compilation());
    }

    /** The name of what waits, such as {@code Thread.sleep}; null if nothing certainly does. */
    @Nullable
    String of(TreePath call, Code code) {
        ExecutableElement method = code.called(call);
        if (method == null) {
            return null;
        }
        TypeElement receiver = Receivers.type(call, method, code);
        Integer parameters = known.find(method, receiver, code.compilation());
        return parameters == null
                        || method.getParameters().size() < parameters
                        || isZero(call, code)
                        || isComplete(call, method, code)
                ? null
                : receiver.getSimpleName() + "." + method.getSimpleName();
    }

    /** A time of zero means not to wait. */
    private static boolean isZero(TreePath call, Code code) {
        return call.getLeaf() instanceof MethodInvocationTree invocation
                && !invocation.getArguments().isEmpty()
                && code.constant(new TreePath(call, invocation.getArguments().get(0))) instanceof Number time
                && time.longValue() == 0;
    }

    /** A future that has its value already, or that others in the method have waited for. */
    private static boolean isComplete(TreePath call, ExecutableElement method, Code code) {
        TreePath receiver = Receivers.of(call);
        Name made = receiver == null ? null : Receivers.method(receiver);
        if (!FUTURES.contains(method.getSimpleName().toString()) || (made != null && ALL.contains(made.toString()))) {
            return false;
        }
        TreePath around = code.enclosingMethodPath(call);
        return (made != null && COMPLETE.contains(made.toString()))
                || (around != null && waitsForAll((MethodTree) around.getLeaf()));
    }

    private static boolean waitsForAll(MethodTree method) {
        boolean[] found = {false};
        new TreeScanner<@Nullable Void, @Nullable Void>() {
            @Override
            public @Nullable Void visitMethodInvocation(MethodInvocationTree call, @Nullable Void unused) {
                found[0] |= ALL.stream().anyMatch(call.getMethodSelect().toString()::endsWith);
                return super.visitMethodInvocation(call, null);
            }
        }.scan(method, null);
        return found[0];
    }
}
