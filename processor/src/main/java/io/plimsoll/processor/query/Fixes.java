package io.plimsoll.processor.query;

import java.util.regex.Pattern;
import javax.lang.model.element.ExecutableElement;

/** What to type instead of a query in a loop. */
final class Fixes {

    static final String ENTITIES =
            "read them before the loop in one query, such as select e from Entity e where e.id in :ids";

    private static final String ONE_QUERY = "one query for all of them before the loop, with IN or a join";
    private static final String BATCH = "JdbcTemplate.batchUpdate(sql, rows) after the loop";

    private static final Pattern PROPERTY = Pattern.compile("(find|read|get|query)(All)?By[A-Z]\\w*");
    private static final Pattern CONDITION =
            Pattern.compile("(And|Or|OrderBy)[A-Z]|(In|Not|Like|Than|Equal|Before|After|With|Containing)$");

    private Fixes() {}

    static String chain(ExecutableElement method) {
        String name = method.getSimpleName().toString();
        if (name.equals("update")) {
            return BATCH;
        }
        return name.startsWith("execute") ? "one statement for all of them, with IN or a join" : ONE_QUERY;
    }

    static String jdbc(ExecutableElement method) {
        return method.getSimpleName().contentEquals("update") ? BATCH : ONE_QUERY;
    }

    static String repository(ExecutableElement method, boolean springData) {
        String name = method.getSimpleName().toString();
        if (name.startsWith("save") || name.startsWith("insert") || name.startsWith("update")) {
            return springData && name.startsWith("save")
                    ? "collect the entities in the loop and call saveAll(entities) once after it"
                    : "collect the rows in the loop and write them in one batch after it";
        }
        if (!springData) {
            return ONE_QUERY;
        }
        return switch (name) {
            case "findById", "existsById" -> "findAllById(ids) once before the loop";
            case "delete" -> "deleteAll(entities) once after the loop";
            case "deleteById" -> "deleteAllById(ids) once after the loop";
            default -> isByOneProperty(method) ? name + "In(...) once before the loop" : ONE_QUERY;
        };
    }

    /** {@code findByEmail(String)}: Spring Data derives {@code findByEmailIn(Collection)} just as well. */
    private static boolean isByOneProperty(ExecutableElement method) {
        String name = method.getSimpleName().toString();
        return method.getParameters().size() == 1
                && PROPERTY.matcher(name).matches()
                && !CONDITION.matcher(name).find();
    }
}
