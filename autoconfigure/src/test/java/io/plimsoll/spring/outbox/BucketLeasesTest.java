package io.plimsoll.spring.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each bucket has one owner at a time, and each live instance its share. */
class BucketLeasesTest {

    private static final Duration LONG = Duration.ofMinutes(1);

    private record Instance(Membership membership, BucketLeases leases) {

        static Instance join(OutboxStore store, Duration lease) {
            Membership membership = new Membership(store, "shop", lease);
            membership.join();
            return new Instance(membership, new BucketLeases(store, membership));
        }

        Set<Integer> buckets() {
            return leases.held().keySet();
        }

        /** As a relay does: what is too many goes back, once nothing of it is under way. */
        void balance() {
            int surplus = leases.balance();
            leases.held().keySet().stream().limit(surplus).forEach(leases::handBack);
        }
    }

    @ParameterizedTest
    @EnumSource
    void oneHasAllAndTwoHaveHalfEach(OutboxDatabase.Kind kind) {
        try (OutboxDatabase database = new OutboxDatabase(kind)) {
            OutboxStore store = database.store();
            Instance first = Instance.join(store, LONG);
            first.balance();
            assertThat(first.buckets()).hasSize(32);

            Instance second = Instance.join(store, LONG);
            second.balance();
            assertThat(second.buckets()).as("nothing is taken from who has it").isEmpty();
            first.balance();
            second.balance();

            assertThat(first.buckets()).hasSize(16);
            assertThat(second.buckets()).hasSize(16).doesNotContainAnyElementsOf(first.buckets());

            first.membership().leave();
            second.balance();
            assertThat(second.buckets()).hasSize(32);
        }
    }

    @ParameterizedTest
    @EnumSource
    void whoIsSilentForTooLongHasNothingAndJoinsAnew(OutboxDatabase.Kind kind) {
        try (OutboxDatabase database = new OutboxDatabase(kind)) {
            OutboxStore store = database.store();
            Instance silent = Instance.join(store, Duration.ofSeconds(2));
            silent.balance();
            assertThat(silent.membership().lasts(Duration.ZERO)).isTrue();
            assertThat(silent.membership().lasts(Duration.ofSeconds(3)))
                    .as("not for so long")
                    .isFalse();
            Instance other = Instance.join(store, LONG);

            await().until(() -> other.membership().bury() == 1);
            other.balance();

            assertThat(other.buckets()).hasSize(32);
            assertThat(other.leases().held().values()).containsOnly(2L);
            assertThat(silent.membership().lasts(Duration.ZERO)).isFalse();
            assertThat(silent.membership().renew(horizon -> {})).isFalse();
            silent.leases().balance();
            assertThat(silent.buckets()).as("it is not its own any more").isEmpty();
            silent.membership().join();
            other.balance();
            silent.balance();
            assertThat(silent.buckets()).hasSize(16);
        }
    }

    @ParameterizedTest
    @EnumSource
    void whoRenewsIsNotBuried(OutboxDatabase.Kind kind) {
        try (OutboxDatabase database = new OutboxDatabase(kind)) {
            OutboxStore store = database.store();
            Instance alive = Instance.join(store, Duration.ofMillis(400));
            long end = System.nanoTime() + Duration.ofMillis(1_500).toNanos();
            int buried = 0;
            while (System.nanoTime() < end) {
                assertThat(alive.membership().renew(horizon -> {})).isTrue();
                buried += alive.membership().bury();
            }
            assertThat(buried).isZero();
        }
    }

    /** However they come and go: of one epoch of a bucket there is one owner, and no two believe in one bucket at once. */
    @ParameterizedTest
    @EnumSource
    void noBucketHasTwoOwners(OutboxDatabase.Kind kind) throws Exception {
        try (OutboxDatabase database = new OutboxDatabase(kind)) {
            OutboxStore store = database.store();
            Map<String, Set<String>> owners = new ConcurrentHashMap<>();
            Map<Integer, String> believed = new ConcurrentHashMap<>();
            List<String> clashes = new ArrayList<>();
            ExecutorService threads = Executors.newCachedThreadPool();
            long end = System.nanoTime() + Duration.ofSeconds(4).toNanos();
            List<Future<?>> running = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                running.add(threads.submit(() -> {
                    while (System.nanoTime() < end) {
                        Instance instance = Instance.join(store, Duration.ofSeconds(30));
                        String name = instance.membership().id().toString();
                        int rounds = ThreadLocalRandom.current().nextInt(1, 8);
                        for (int round = 0; round < rounds; round++) {
                            instance.leases().balance();
                            instance.leases().held().forEach((bucket, epoch) -> owners.computeIfAbsent(
                                            bucket + "@" + epoch, key -> ConcurrentHashMap.newKeySet())
                                    .add(name));
                            for (int bucket : instance.buckets()) {
                                String other = believed.putIfAbsent(bucket, name);
                                if (other != null && !other.equals(name)) {
                                    synchronized (clashes) {
                                        clashes.add(bucket + ": " + other + " and " + name);
                                    }
                                }
                            }
                            if (ThreadLocalRandom.current().nextBoolean()) {
                                for (int bucket :
                                        instance.buckets().stream().limit(5).toList()) {
                                    believed.remove(bucket, name);
                                    instance.leases().handBack(bucket);
                                }
                            }
                        }
                        instance.buckets().forEach(bucket -> believed.remove(bucket, name));
                        instance.membership().leave();
                    }
                    return null;
                }));
            }
            for (Future<?> each : running) {
                each.get(1, TimeUnit.MINUTES);
            }
            threads.shutdown();

            assertThat(clashes).isEmpty();
            assertThat(owners)
                    .hasSizeGreaterThan(100)
                    .allSatisfy((epoch, of) -> assertThat(of).as(epoch).hasSize(1));
        }
    }

    /** All instances of a crowd together have all buckets, and none has more than its share. */
    @ParameterizedTest
    @EnumSource
    void aCrowdSharesThemFairly(OutboxDatabase.Kind kind) {
        try (OutboxDatabase database = new OutboxDatabase(kind)) {
            OutboxStore store = database.store();
            List<Instance> all =
                    Stream.generate(() -> Instance.join(store, LONG)).limit(5).toList();
            for (int round = 0; round < 3; round++) {
                all.forEach(Instance::balance);
            }
            assertThat(all.stream().map(each -> each.buckets().size()).toList())
                    .allMatch(size -> size >= 4 && size <= 7);
            assertThat(all.stream().flatMap(each -> each.buckets().stream()).collect(Collectors.toList()))
                    .hasSize(32)
                    .doesNotHaveDuplicates();
        }
    }
}
