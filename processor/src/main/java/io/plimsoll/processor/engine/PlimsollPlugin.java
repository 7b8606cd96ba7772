package io.plimsoll.processor.engine;

import com.google.auto.service.AutoService;
import com.sun.source.util.JavacTask;
import com.sun.source.util.Plugin;
import com.sun.source.util.TaskEvent;
import com.sun.source.util.TaskListener;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Runs the rules over method bodies, after javac has attributed them. It starts by itself wherever the jar is on the
 * processor path.
 *
 * <p>It takes its options from the processor. Where a build tool loads that one apart (Gradle), they can be given as
 * {@code -Xplugin:"Plimsoll plimsoll.profile=adopt"}.
 */
@AutoService(Plugin.class)
public final class PlimsollPlugin implements Plugin {

    @Override
    public String getName() {
        return "Plimsoll";
    }

    @Override
    public boolean autoStart() {
        return true;
    }

    @Override
    public void init(JavacTask task, String... arguments) {
        Map<String, String> options = options(arguments);
        task.addTaskListener(new TaskListener() {

            private @Nullable TreeChecks checks;

            /** The processor must find the door open, and the task must not be asked for its parts before it begins. */
            @Override
            public void started(TaskEvent event) {
                if (checks == null) {
                    checks = new TreeChecks(task, options);
                }
            }

            @Override
            public void finished(TaskEvent event) {
                TreeChecks checks = this.checks;
                if (checks == null) {
                    return;
                }
                if (event.getKind() == TaskEvent.Kind.ANALYZE && event.getTypeElement() != null) {
                    checks.check(event.getTypeElement());
                } else if (event.getKind() == TaskEvent.Kind.COMPILATION) {
                    checks.finish();
                }
            }
        });
    }

    private static Map<String, String> options(String... arguments) {
        Map<String, String> options = new LinkedHashMap<>();
        for (String argument : arguments) {
            int equals = argument.indexOf('=');
            options.put(equals < 0 ? argument : argument.substring(0, equals), argument.substring(equals + 1));
        }
        return options;
    }
}
