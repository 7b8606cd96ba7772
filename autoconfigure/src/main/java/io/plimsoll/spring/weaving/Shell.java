package io.plimsoll.spring.weaving;

/** Where in a bean's chain of advisors a {@link Layer} stands; from the outside in. */
public enum Shell {

    /**
     * Around everything but {@code @Async}: before Spring Security and every other advisor, so that the time they take
     * is counted.
     */
    OUTER,

    /**
     * After Spring Security (its advisors have the orders 100 to 600) and before {@code @Cacheable}, {@code
     * @Transactional} and whatever else stands at the default order: no answer may be given from a record or a cache
     * before security has spoken, and a retry must wrap the transaction.
     */
    MIDDLE,

    /** Inside {@code @Transactional}, next to the method: what must commit with the work. */
    INNER;

    /** The order of {@link #MIDDLE} among a bean's ordered advisors. */
    static final int MIDDLE_ORDER = 1_000;
}
