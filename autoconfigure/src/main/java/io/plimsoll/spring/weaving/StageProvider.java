package io.plimsoll.spring.weaving;

import java.lang.annotation.Annotation;
import org.aopalliance.intercept.MethodInterceptor;
import org.jspecify.annotations.Nullable;

/** What a feature contributes to the chain of every method: one bean per {@link Layer}. */
public interface StageProvider {

    Layer layer();

    /** The annotation whose promise the stages keep. */
    Class<? extends Annotation> promise();

    /**
     * Resolves the stage of one method. Called once per method, when its bean is created or checked at start-up:
     * everything that can be decided then is decided here, and the stage only acts.
     *
     * @return the stage, thread-safe; or null if the method makes no such promise
     * @throws BrokenPromiseException if it makes one that cannot be kept
     */
    @Nullable
    MethodInterceptor stageFor(PromisedMethod method);
}
