package io.plimsoll.guard;

import com.sun.source.util.JavacTask;
import com.sun.source.util.TaskEvent;
import com.sun.source.util.TaskListener;
import com.sun.source.util.TreePath;
import com.sun.source.util.Trees;
import io.plimsoll.companion.AddProcessor;
import javax.lang.model.element.TypeElement;
import javax.tools.Diagnostic;
import org.jspecify.annotations.Nullable;

/** Listens to one compilation until it is known that the processor runs, or until a promise has been reported. */
final class Watch implements TaskListener {

    private static final String ENGINE = "io.plimsoll.processor.engine";

    /** From here on javac runs no processor unless an option of the build asks for it (JDK-8321314). */
    private static final int EXPLICIT_SINCE = 23;

    private final JavacTask task;
    private final Diagnostic.Kind kind;
    private final boolean processorIsNear = isNear();
    private boolean started;
    private boolean othersRan;

    Watch(JavacTask task, Diagnostic.Kind kind) {
        this.task = task;
        this.kind = kind;
    }

    /** Whether javac would find the processor: it looks where it found this class. */
    private static boolean isNear() {
        ClassLoader loader = Watch.class.getClassLoader();
        return loader != null && loader.getResource(ENGINE.replace('.', '/') + "/PlimsollProcessor.class") != null;
    }

    @Override
    public void started(TaskEvent event) {
        if (event.getKind() == TaskEvent.Kind.ANNOTATION_PROCESSING) {
            othersRan = true;
            if (processorIsNear) {
                task.removeTaskListener(this);
            }
        }
    }

    @Override
    public void finished(TaskEvent event) {
        if (event.getKind() != TaskEvent.Kind.ANALYZE) {
            return;
        }
        try {
            if ((!started && isSwitchedOff()) || report(event)) {
                task.removeTaskListener(this);
            }
            started = true;
        } catch (RuntimeException | Error e) {
            // Whatever it is: the code is not at fault, and the starter says the same again.
            task.removeTaskListener(this);
        }
    }

    /**
     * Whether somebody wants no processing although the processor is there: the second step of a build in two steps.
     * On the class path of newer JDKs it looks just like an oversight, which is the likelier one.
     */
    private boolean isSwitchedOff() {
        // The package: to ask for the class would have javac read it, and lint it.
        boolean isOnClassPath = task.getElements().getPackageElement(ENGINE) != null;
        return processorIsNear && !(isOnClassPath && Runtime.version().feature() >= EXPLICIT_SINCE);
    }

    private boolean report(TaskEvent event) {
        TypeElement type = event.getTypeElement();
        FoundPromise found = type == null ? null : FoundPromise.first(type, task.getElements());
        if (found == null) {
            return false;
        }
        Trees trees = Trees.instance(task);
        TreePath annotation = trees.getPath(found.element(), found.annotation());
        // The package may have been compiled earlier.
        TreePath place = annotation != null ? annotation : trees.getPath(type);
        trees.printMessage(kind, text(found), place.getLeaf(), place.getCompilationUnit());
        return true;
    }

    private String text(FoundPromise found) {
        return "[PlimsollGuard] " + found
                + " is compiled without plimsoll-processor: nothing checks this promise or any"
                + " other, and the application will refuse to start. " + why() + " Fix: add the processor to the"
                + " build.\n\n" + AddProcessor.lines(version())
                + "\n\nIf another step of the build runs it: -Xplugin:\"PlimsollGuard off\"";
    }

    private String why() {
        if (processorIsNear) {
            return "It is on the class path, but JDK " + EXPLICIT_SINCE
                    + " and newer run no processor that the build does not name.";
        }
        return othersRan ? "Other processors ran, this one was not among them." : "The build does not name it.";
    }

    /** From the manifest of the jar. */
    private static @Nullable String version() {
        return Watch.class.getPackage().getImplementationVersion();
    }
}
