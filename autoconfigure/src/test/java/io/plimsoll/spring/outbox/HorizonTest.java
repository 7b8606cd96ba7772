package io.plimsoll.spring.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.JdbcTemplate;

/** Proof 3 of the protocol: what commits late is not lost below the floor. */
class HorizonTest {

    private final OutboxDatabase database = new OutboxDatabase(OutboxDatabase.Kind.POSTGRESQL);
    private final OutboxDialect dialect = database.dialect();
    private final JdbcTemplate jdbc = database.jdbc();
    private final Horizon horizon = new Horizon();
    private final ExecutorService threads = Executors.newCachedThreadPool();

    @AfterEach
    void close() {
        threads.shutdownNow();
        database.close();
    }

    /** One round of a reader: reads, deletes what it has read, and takes a candidate with it. */
    private List<StoredEvent> round(int buckets) {
        List<Lane> lanes = IntStream.range(0, buckets).mapToObj(horizon::lane).toList();
        Poll poll = dialect.poll(jdbc, lanes, TopicFilter.ALL, 100, Long.MAX_VALUE);
        horizon.polled(lanes, poll);
        if (!poll.events().isEmpty()) {
            boolean wanted = horizon.wantsCandidate();
            Horizon.Candidate candidate = database.transaction().execute(status -> {
                Runnable work = () -> poll.events().stream()
                        .collect(Collectors.groupingBy(
                                StoredEvent::bucket, Collectors.mapping(StoredEvent::id, Collectors.toList())))
                        .forEach((bucket, ids) -> dialect.delete(jdbc, bucket, ids));
                if (wanted) {
                    return Horizon.around(jdbc, work);
                }
                work.run();
                return null;
            });
            if (candidate != null) {
                horizon.committed(candidate);
            }
        }
        return poll.events();
    }

    private void publish(EventRow... events) {
        database.transaction().executeWithoutResult(status -> dialect.insert(jdbc, List.of(events)));
    }

    /** Returns once its event is written; it commits when it may. */
    private Future<?> writeLate(CountDownLatch mayCommit) throws InterruptedException {
        CountDownLatch written = new CountDownLatch(1);
        Future<?> late = threads.submit(() -> database.transaction().execute(status -> {
            dialect.insert(jdbc, List.of(OutboxDialectTest.event(0, "late", "late")));
            written.countDown();
            return passed(mayCommit);
        }));
        assertThat(passed(written)).isTrue();
        return late;
    }

    private static boolean passed(CountDownLatch latch) {
        try {
            return latch.await(1, TimeUnit.MINUTES);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 8})
    void nothingIsLostHoweverLateItCommits(int writers) throws Exception {
        int buckets = 4;
        Set<UUID> committed = ConcurrentHashMap.newKeySet();
        AtomicBoolean stop = new AtomicBoolean();
        List<Future<?>> running = new ArrayList<>();
        for (int i = 0; i < writers; i++) {
            running.add(threads.submit(() -> {
                while (!stop.get()) {
                    List<EventRow> rows = new ArrayList<>();
                    for (int n = ThreadLocalRandom.current().nextInt(1, 4); n > 0; n--) {
                        rows.add(OutboxDialectTest.event(
                                ThreadLocalRandom.current().nextInt(buckets), "key", "payload"));
                    }
                    boolean keep = database.transaction().execute(status -> {
                        dialect.insert(jdbc, rows);
                        int pause = ThreadLocalRandom.current().nextInt(100) < 3
                                ? ThreadLocalRandom.current().nextInt(300, 800)
                                : ThreadLocalRandom.current().nextInt(15);
                        LockSupport.parkNanos(Duration.ofMillis(pause).toNanos());
                        if (ThreadLocalRandom.current().nextInt(10) == 0) {
                            status.setRollbackOnly();
                            return false;
                        }
                        return true;
                    });
                    if (keep) {
                        rows.forEach(row -> committed.add(row.eventId()));
                    }
                }
                return null;
            }));
        }
        List<UUID> delivered = new ArrayList<>();
        long end = System.nanoTime()
                + Duration.ofSeconds(Integer.getInteger("plimsoll.test.horizon", 6))
                        .toNanos();
        while (System.nanoTime() < end) {
            round(buckets).forEach(event -> delivered.add(event.row().eventId()));
        }
        stop.set(true);
        for (Future<?> each : running) {
            each.get(1, TimeUnit.MINUTES);
        }
        for (List<StoredEvent> rest = round(buckets); !rest.isEmpty(); rest = round(buckets)) {
            rest.forEach(event -> delivered.add(event.row().eventId()));
        }

        Set<UUID> lost = new HashSet<>(committed);
        delivered.forEach(lost::remove);
        assertThat(lost).as("lost of " + committed.size()).isEmpty();
        assertThat(committed).hasSizeGreaterThan(100).containsAll(delivered);
        assertThat(delivered).doesNotHaveDuplicates();
        assertThat(horizon.lane(0).floor()).as("and it is of use").isGreaterThan(100);
        assertThat(database.count("plimsoll_outbox")).isZero();
    }

    /** While it runs nobody may step over it; afterwards the floor goes on. */
    @Test
    void theFloorStaysBelowATransactionThatStillRuns() throws Exception {
        CountDownLatch mayCommit = new CountDownLatch(1);
        Future<?> late = writeLate(mayCommit);
        for (int i = 0; i < 200; i++) {
            publish(OutboxDialectTest.event(0, "early", "early"));
            round(1);
        }
        assertThat(horizon.lane(0).floor()).isLessThanOrEqualTo(1);

        mayCommit.countDown();
        late.get(1, TimeUnit.MINUTES);
        assertThat(round(1))
                .singleElement()
                .satisfies(event -> assertThat(event.row().key()).isEqualTo("late"));
        publish(OutboxDialectTest.event(0, "next", "next"));
        round(1);
        publish(OutboxDialectTest.event(0, "next", "next"));
        round(1);
        assertThat(horizon.lane(0).floor()).isGreaterThan(200);
    }

    /** Where a single writer is all that there is, nothing else completes: xmax of a snapshot says nothing of it. */
    @Test
    void aLoneWriterIsNotSteppedOver() throws Exception {
        publish(OutboxDialectTest.event(0, "first", "first"));
        CountDownLatch mayCommit = new CountDownLatch(1);
        Future<?> late = writeLate(mayCommit);
        round(1);
        round(1);
        mayCommit.countDown();
        late.get(1, TimeUnit.MINUTES);

        assertThat(round(1))
                .singleElement()
                .satisfies(event -> assertThat(event.row().key()).isEqualTo("late"));
    }

    @Test
    void aSequenceThatStepsBackTellsThatNothingIsKnown() {
        for (int i = 0; i < 50; i++) {
            publish(OutboxDialectTest.event(0, "key", "payload"));
            round(1);
        }
        assertThat(horizon.lane(0).floor()).isGreaterThan(40);

        jdbc.queryForObject("SELECT setval('plimsoll_outbox_id', 5)", Long.class);
        publish(OutboxDialectTest.event(1, "key", "payload"));
        round(2);

        assertThat(horizon.lane(0).floor()).isLessThanOrEqualTo(7);
    }

    /** A spike into a table whose statistics say that it is empty: the plan must not read all of it each time. */
    @Test
    void aPollGoesByTheIndexWhateverTheStatisticsSay() {
        jdbc.execute("ANALYZE plimsoll_outbox");
        for (int i = 0; i < 20; i++) {
            publish(IntStream.range(0, 1_000)
                    .mapToObj(n -> OutboxDialectTest.event(n % 32, "key", "payload"))
                    .toArray(EventRow[]::new));
        }
        long before = scanned();

        for (int i = 0; i < 10; i++) {
            dialect.poll(jdbc, List.of(new Lane(3, 0)), TopicFilter.ALL, 5, Long.MAX_VALUE);
        }

        assertThat(scanned() - before).as("rows read by sequential scans").isZero();
    }

    private long scanned() {
        jdbc.queryForObject("SELECT pg_stat_clear_snapshot()::text", String.class);
        Long read = jdbc.queryForObject(
                "SELECT seq_tup_read FROM pg_stat_user_tables WHERE relname = 'plimsoll_outbox'", Long.class);
        return read == null ? -1 : read;
    }

    /** Else a floor would pass over what is not even begun. */
    @Test
    void theLastIdIsNeverOneThatNobodyHasDrawnYet() throws Exception {
        AtomicBoolean stop = new AtomicBoolean();
        List<Future<?>> drawing = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            drawing.add(threads.submit(() -> {
                while (!stop.get()) {
                    jdbc.queryForList("SELECT nextval('plimsoll_outbox_id') FROM generate_series(1, 500)", Long.class);
                }
                return null;
            }));
        }
        long end = System.nanoTime() + Duration.ofSeconds(4).toNanos();
        int ahead = 0;
        while (System.nanoTime() < end) {
            long last = Horizon.lastId(jdbc);
            Long drawn = jdbc.queryForObject("SELECT nextval('plimsoll_outbox_id')", Long.class);
            ahead += last >= drawn ? 1 : 0;
        }
        stop.set(true);
        for (Future<?> each : drawing) {
            each.get(1, TimeUnit.MINUTES);
        }

        assertThat(ahead).isZero();
    }
}
