package io.plimsoll.guard;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TaskEvent;
import com.sun.source.util.TaskListener;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javax.annotation.processing.Processor;
import javax.lang.model.element.Element;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.Elements;
import javax.lang.model.util.Types;
import javax.tools.Diagnostic;
import javax.tools.JavaFileObject;
import org.junit.jupiter.api.Test;

/** What the guard says is tested where the processor is; here is what it does when it fails inside. */
class WatchTest {

    @Test
    void aDefectOfItsOwnEndsTheWatchAndNothingElse() {
        for (Throwable failure :
                List.of(new IllegalStateException(), new NoClassDefFoundError(), new StackOverflowError())) {
            FailingTask task = new FailingTask(failure);
            Watch watch = new Watch(task, Diagnostic.Kind.WARNING);
            task.addTaskListener(watch);

            watch.finished(new TaskEvent(TaskEvent.Kind.ENTER));
            assertThat(task.listeners).isNotEmpty();
            watch.finished(new TaskEvent(TaskEvent.Kind.ANALYZE));
            assertThat(task.listeners).isEmpty();
        }
    }

    private static final class FailingTask extends JavacTask {

        private final List<TaskListener> listeners = new ArrayList<>();
        private final Throwable failure;

        FailingTask(Throwable failure) {
            this.failure = failure;
        }

        private <T> T fail() {
            if (failure instanceof Error error) {
                throw error;
            }
            throw (RuntimeException) failure;
        }

        @Override
        public void addTaskListener(TaskListener listener) {
            listeners.add(listener);
        }

        @Override
        public void removeTaskListener(TaskListener listener) {
            listeners.remove(listener);
        }

        @Override
        public void setTaskListener(TaskListener listener) {
            fail();
        }

        @Override
        public Iterable<? extends CompilationUnitTree> parse() {
            return fail();
        }

        @Override
        public Iterable<? extends Element> analyze() {
            return fail();
        }

        @Override
        public Iterable<? extends JavaFileObject> generate() {
            return fail();
        }

        @Override
        public TypeMirror getTypeMirror(Iterable<? extends Tree> path) {
            return fail();
        }

        @Override
        public Elements getElements() {
            return fail();
        }

        @Override
        public Types getTypes() {
            return fail();
        }

        @Override
        public void addModules(Iterable<String> moduleNames) {
            fail();
        }

        @Override
        public void setProcessors(Iterable<? extends Processor> processors) {
            fail();
        }

        @Override
        public void setLocale(Locale locale) {
            fail();
        }

        @Override
        public Boolean call() {
            return fail();
        }
    }
}
