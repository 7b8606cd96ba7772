package io.plimsoll.spring.weaving;

import java.util.List;

/**
 * What all methods of one bean class promise, resolved once.
 *
 * @param stages from the outside in
 */
record Plan(List<StageAdvisor> stages) {

    static final Plan EMPTY = new Plan(List.of());

    Plan {
        stages =
                stages.stream().sorted((a, b) -> a.layer().compareTo(b.layer())).toList();
    }

    boolean isEmpty() {
        return stages.isEmpty();
    }

    List<StageAdvisor> in(Shell shell) {
        return stages.stream().filter(stage -> stage.layer().shell() == shell).toList();
    }
}
