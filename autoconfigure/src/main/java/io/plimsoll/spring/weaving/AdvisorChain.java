package io.plimsoll.spring.weaving;

import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import org.springframework.aop.Advisor;
import org.springframework.aop.framework.Advised;
import org.springframework.aop.framework.AdvisedSupport;
import org.springframework.aop.interceptor.AsyncExecutionInterceptor;
import org.springframework.core.Ordered;

/** The advisors of one proxy, from the outside in: where each shell goes, and whether the order really holds. */
final class AdvisorChain {

    private final Advised advised;

    AdvisorChain(Advised advised) {
        this.advised = advised;
    }

    void add(Plan plan) {
        insert(plan.in(Shell.OUTER), afterLast(AdvisorChain::isAsync));
        insert(plan.in(Shell.MIDDLE), afterLast(AdvisorChain::isBeforeMiddle));
        insert(plan.in(Shell.INNER), innermost());
    }

    private void insert(List<StageAdvisor> stages, int position) {
        for (int i = 0; i < stages.size(); i++) {
            advised.addAdvisor(position + i, stages.get(i));
        }
    }

    /** A proxy without a target ends in the advisor that does the work: nothing may stand behind it. */
    private int innermost() {
        boolean hasTarget = advised.getTargetSource() != AdvisedSupport.EMPTY_TARGET_SOURCE;
        return hasTarget || advised.getAdvisorCount() == 0 ? advised.getAdvisorCount() : advised.getAdvisorCount() - 1;
    }

    private int afterLast(Predicate<Advisor> predicate) {
        Advisor[] advisors = advised.getAdvisors();
        for (int i = advisors.length; i > 0; i--) {
            if (predicate.test(advisors[i - 1])) {
                return i;
            }
        }
        return 0;
    }

    /**
     * Checks the chain as it will run: security before the middle shell, the middle shell before the transaction, the
     * transaction before the inner shell.
     */
    void requireOrder(String beanName) {
        List<Advisor> advisors = Arrays.asList(advised.getAdvisors());
        requireBefore(
                advisors,
                AdvisorChain::isSecurity,
                inShell(Shell.MIDDLE),
                beanName,
                """
                Spring Security stands behind Plimsoll's middle shell: an answer could be replayed to a user who was \
                never allowed to ask.""",
                "Give @EnableMethodSecurity an offset that keeps its order below 1000.");
        requireBefore(
                advisors,
                inShell(Shell.MIDDLE),
                AdvisorChain::isTransaction,
                beanName,
                """
                The transaction stands in front of Plimsoll's middle shell: a retry would run inside the transaction \
                that has already failed.""",
                "Set @EnableTransactionManagement(order = ...) above 1000, or leave it at its default.");
        requireBefore(
                advisors,
                AdvisorChain::isTransaction,
                inShell(Shell.INNER),
                beanName,
                """
                Plimsoll's inner shell stands in front of the transaction: the outcome would not commit with the \
                work.""",
                "Remove the code that adds a transaction advisor after Plimsoll's post-processor.");
    }

    private static void requireBefore(
            List<Advisor> advisors,
            Predicate<Advisor> first,
            Predicate<Advisor> second,
            String beanName,
            String description,
            String action) {
        int seen = -1;
        for (int i = 0; i < advisors.size(); i++) {
            if (second.test(advisors.get(i))) {
                seen = i;
            } else if (seen >= 0 && first.test(advisors.get(i))) {
                throw new BrokenPromiseException(
                        "Bean '" + beanName + "': " + description + " Its chain is " + advisors + ".", action);
            }
        }
    }

    private static Predicate<Advisor> inShell(Shell shell) {
        return advisor -> advisor instanceof StageAdvisor stage && stage.layer().shell() == shell;
    }

    private static boolean isAsync(Advisor advisor) {
        return advisor.getAdvice() instanceof AsyncExecutionInterceptor;
    }

    private static boolean isBeforeMiddle(Advisor advisor) {
        return isAsync(advisor)
                || inShell(Shell.OUTER).test(advisor)
                || advisor instanceof Ordered ordered && ordered.getOrder() <= Shell.MIDDLE_ORDER;
    }

    /** By name: neither Spring Security nor spring-tx need be there. */
    private static boolean isSecurity(Advisor advisor) {
        return advisor.getAdvice().getClass().getName().startsWith("org.springframework.security.");
    }

    private static boolean isTransaction(Advisor advisor) {
        for (Class<?> type = advisor.getAdvice().getClass(); type != Object.class; type = type.getSuperclass()) {
            if (type.getName().equals("org.springframework.transaction.interceptor.TransactionAspectSupport")) {
                return true;
            }
        }
        return false;
    }
}
