package io.plimsoll.spring.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.spring.outbox.OutboxApp.Counted;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.JdbcTemplate;
import tools.jackson.databind.json.JsonMapper;

/** Counters, each of whose numbers is committed together with the event that tells of it: a history that can be checked. */
final class Counters {

    private final JdbcTemplate jdbc;

    Counters(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    static Counters create(JdbcTemplate jdbc, int count) {
        jdbc.execute("CREATE TABLE counters (name VARCHAR(20) PRIMARY KEY, number INT NOT NULL)");
        for (int i = 0; i < count; i++) {
            jdbc.update("INSERT INTO counters (name, number) VALUES (?, 0)", "c" + i);
        }
        return new Counters(jdbc);
    }

    /** Locks the row of the counter, as those who write about one key do. Some roll back. */
    void count(OutboxApp app, String name) {
        app.transaction().executeWithoutResult(status -> {
            app.jdbc().update("UPDATE counters SET number = number + 1 WHERE name = ?", name);
            Integer number =
                    app.jdbc().queryForObject("SELECT number FROM counters WHERE name = ?", Integer.class, name);
            app.outbox().publish("counters", name, new Counted(name, number));
            if (ThreadLocalRandom.current().nextInt(10) == 0) {
                status.setRollbackOnly();
            }
        });
    }

    /** All that were committed: {@code c1 7}. */
    List<String> all() {
        List<String> all = new ArrayList<>();
        jdbc.query("SELECT name, number FROM counters", row -> {
            for (int i = 1; i <= row.getInt(2); i++) {
                all.add(row.getString(1) + " " + i);
            }
        });
        return all;
    }

    /**
     * Of each counter every number up to its last, and none after it; and each delivered for the first time after the one
     * before it.
     *
     * @return how many were delivered more than once
     */
    int check(List<String> delivered) {
        Map<String, Integer> committed = new HashMap<>();
        jdbc.query("SELECT name, number FROM counters WHERE number > 0", row -> {
            committed.put(row.getString(1), row.getInt(2));
        });
        JsonMapper mapper = new JsonMapper();
        Map<String, Integer> last = new HashMap<>();
        int duplicates = 0;
        for (String each : delivered) {
            Counted counted = mapper.readValue(each.split("\t")[0], Counted.class);
            int before = last.getOrDefault(counted.name(), 0);
            if (counted.number() <= before) {
                duplicates++;
            } else {
                assertThat(counted.number())
                        .as(() -> "the next of " + counted.name() + " in " + around(delivered, counted))
                        .isEqualTo(before + 1);
                last.put(counted.name(), counted.number());
            }
        }
        assertThat(last).as("the last of each").isEqualTo(committed);
        return duplicates;
    }

    /** What was delivered of a counter near a number, in the order in which it was. */
    private static String around(List<String> delivered, Counted counted) {
        String name = "\"" + counted.name() + "\"";
        return delivered.stream()
                .filter(each -> each.contains(name))
                .filter(each -> {
                    int number = Integer.parseInt(each.split("\t")[0].replaceAll(".*\"number\":(\\d+).*", "$1"));
                    return Math.abs(number - counted.number()) < 4;
                })
                .collect(Collectors.joining("\n", "\n", "\n"));
    }
}
