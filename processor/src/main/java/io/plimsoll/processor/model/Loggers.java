package io.plimsoll.processor.model;

import java.util.Set;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;

/** Knows the methods that write to a log, of all the usual libraries. By name: none of them need be there. */
public final class Loggers {

    private static final Set<String> LOGGERS = Set.of(
            "org.slf4j.Logger",
            "org.slf4j.spi.LoggingEventBuilder",
            "java.util.logging.Logger",
            "java.lang.System.Logger",
            "org.apache.logging.log4j.Logger",
            "org.apache.logging.log4j.LogBuilder",
            "org.apache.log4j.Category",
            "org.apache.commons.logging.Log",
            "org.jboss.logging.BasicLogger",
            "com.google.common.flogger.LoggingApi");

    /** What they hold is printed with every line of the thread. */
    private static final Set<String> CONTEXTS = Set.of(
            "org.slf4j.MDC",
            "org.apache.log4j.MDC",
            "org.apache.log4j.NDC",
            "org.jboss.logging.MDC",
            "org.apache.logging.log4j.ThreadContext",
            "org.apache.logging.log4j.CloseableThreadContext",
            "org.apache.logging.log4j.CloseableThreadContext.Instance");

    /** The methods of all of them that take something to print. */
    public static final Set<String> WRITES = Set.of(
            "trace",
            "debug",
            "info",
            "warn",
            "error",
            "fatal",
            "log",
            "addArgument",
            "addKeyValue",
            "setMessage",
            "severe",
            "warning",
            "config",
            "fine",
            "finer",
            "finest",
            "logp",
            "logrb",
            "entering",
            "exiting",
            "tracef",
            "debugf",
            "infof",
            "warnf",
            "errorf",
            "fatalf",
            "logf",
            "tracev",
            "debugv",
            "infov",
            "warnv",
            "errorv",
            "fatalv",
            "logv",
            "printf",
            "traceEntry",
            "traceExit",
            "put",
            "putCloseable",
            "push",
            "pushByKey",
            "putAll");

    private Loggers() {}

    /** Whether a name may be that of a method that writes to a log: a quick look. */
    public static boolean mayWrite(CharSequence method) {
        return WRITES.contains(method.toString());
    }

    /** Whether what a method is given ends up in a log. */
    public static boolean writes(ExecutableElement method, Hierarchy hierarchy) {
        return mayWrite(method.getSimpleName()) && isLogger(Hierarchy.owner(method), hierarchy);
    }

    /** Whether a type is a logger, or the context that loggers print. */
    public static boolean isLogger(TypeElement type, Hierarchy hierarchy) {
        String own = type.getQualifiedName().toString();
        if (own.startsWith("java.util.") && !own.startsWith("java.util.logging.")) {
            return false; // Map.put is called all the time.
        }
        return hierarchy.of(type).stream()
                .map(each -> each.getQualifiedName().toString())
                .anyMatch(name -> LOGGERS.contains(name) || CONTEXTS.contains(name));
    }
}
