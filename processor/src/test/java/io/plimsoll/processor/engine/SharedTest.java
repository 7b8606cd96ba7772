package io.plimsoll.processor.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.testing.compile.JavaFileObjects;
import com.sun.source.util.JavacTask;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import javax.annotation.processing.AbstractProcessor;
import javax.annotation.processing.ProcessingEnvironment;
import javax.annotation.processing.RoundEnvironment;
import javax.annotation.processing.SupportedAnnotationTypes;
import javax.lang.model.SourceVersion;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.Elements;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;

/** Tools compile again and again in one JVM. */
class SharedTest {

    @Test
    void aCompilationThatIsNeverEndedIsNotKept() throws Exception {
        WeakReference<Elements> compilation = analyze();

        long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (compilation.get() != null && System.nanoTime() < end) {
            System.gc();
            Thread.onSpinWait();
        }
        assertThat(compilation.get()).isNull();
    }

    private static WeakReference<Elements> analyze() throws Exception {
        Witness witness = new Witness();
        JavacTask task = (JavacTask) ToolProvider.getSystemJavaCompiler()
                .getTask(
                        null,
                        null,
                        diagnostic -> {},
                        List.of(),
                        null,
                        List.of(JavaFileObjects.forSourceString("A", "class A {}")));
        task.setProcessors(List.of(new PlimsollProcessor(), witness));
        task.analyze();
        return new WeakReference<>(witness.environment().getElementUtils());
    }

    @SupportedAnnotationTypes("*")
    private static final class Witness extends AbstractProcessor {

        ProcessingEnvironment environment() {
            return processingEnv;
        }

        @Override
        public SourceVersion getSupportedSourceVersion() {
            return SourceVersion.latest();
        }

        @Override
        public boolean process(Set<? extends TypeElement> annotations, RoundEnvironment round) {
            return false;
        }
    }
}
