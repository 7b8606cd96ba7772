package io.plimsoll.guard;

import com.google.auto.service.AutoService;
import com.sun.source.util.JavacTask;
import com.sun.source.util.Plugin;
import java.util.List;
import javax.tools.Diagnostic;

/**
 * Warns, once in a compilation, at the first promise that is compiled although plimsoll-processor does not run: nothing
 * checks it, and the application will refuse to start. Without this the first sign would be that refusal.
 *
 * <p>javac starts it by itself where it finds this jar: on the processor path if there is one, else on the class path.
 * So it cannot speak where a processor path lists other processors alone, on the module path, or outside javac; there
 * the refusal at start-up speaks.
 *
 * <p>It is a warning because it is no certainty: javac does not tell a plugin that the processor ran in another step
 * (kapt, {@code -proc:only}), nor what {@code plimsoll.weaving.missing-companion} will be. A build that knows better says
 * {@code -Xplugin:"PlimsollGuard error"} or {@code off}. Under {@code -Werror} the build fails, as with any warning;
 * under {@code -nowarn} it is not shown.
 *
 * <p>It never fails a build through a defect of its own, and stops listening as soon as the processor is seen to run.
 */
@AutoService(Plugin.class)
public final class PlimsollGuard implements Plugin {

    @Override
    public String getName() {
        return "PlimsollGuard";
    }

    @Override
    public boolean autoStart() {
        return true;
    }

    @Override
    public void init(JavacTask task, String... arguments) {
        List<String> words = List.of(arguments);
        if (!words.contains("off")) {
            Diagnostic.Kind kind = words.contains("error") ? Diagnostic.Kind.ERROR : Diagnostic.Kind.WARNING;
            task.addTaskListener(new Watch(task, kind));
        }
    }
}
