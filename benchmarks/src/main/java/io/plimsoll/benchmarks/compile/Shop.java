package io.plimsoll.benchmarks.compile;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/**
 * The sources of a service of a hundred domains, each in a package of eleven files.
 *
 * <p>Three hundred types carry promises, as people write them: a controller of six handlers, each under a
 * {@code @Timeout} of its own or all under that of the type, and {@code @Idempotent} or {@code @NotIdempotent} where HTTP
 * writes; a service with a {@code @Timeout} on the type and one on a method; a component with two {@code @Scheduled}
 * methods and a {@code @Timeout} on each. A hundred of the three hundred (80 services, 20 components) have one or two
 * methods that are {@code @Idempotent} with a key expression, 140 in all. They have 120 to 220 lines each: streams,
 * lambdas, loops, string work, and Spring's API.
 *
 * <p>Eight hundred types carry none: per domain an entity, three records, a repository interface, an exception, and what
 * the peers work on, a {@code @Mapper} interface for MapStruct and a {@code @Value.Immutable} one for Immutables. All
 * contenders compile the very same files; what is not theirs stays without an implementation, which javac does not mind.
 *
 * <p>The texts are the {@code *.java.txt} beside this class.
 */
final class Shop {

    static final int DOMAINS = 100;

    /** The types that carry promises, and so have a companion. */
    static final int PROMISING = 3 * DOMAINS;

    private static final List<String> FILES = List.of(
            "Controller",
            "Service",
            "Jobs",
            "Entity",
            "Request",
            "View",
            "Placed",
            "Repository",
            "NotFoundException",
            "Mapper",
            "Summary");

    private static final List<String> NOUNS = List.of(
            "Order", "Invoice", "Shipment", "Refund", "Voucher", "Basket", "Quote", "Claim", "Ticket", "Return");

    private Shop() {}

    /** Writes the sources and gives their paths. */
    static List<Path> write(Path directory) throws IOException {
        List<Path> written = new ArrayList<>();
        for (int domain = 0; domain < DOMAINS; domain++) {
            for (String file : FILES) {
                Path path = directory
                        .resolve("com/acme/" + packageName(domain))
                        .resolve(name(domain) + (file.equals("Entity") ? "" : file) + ".java");
                Files.createDirectories(path.getParent());
                written.add(Files.writeString(path, text(file, domain)));
            }
        }
        return written;
    }

    static String packageName(int domain) {
        return name(domain).toLowerCase(Locale.ROOT);
    }

    static String name(int domain) {
        return NOUNS.get(domain % NOUNS.size()) + domain / NOUNS.size();
    }

    private static String text(String file, int domain) {
        Set<String> conditions = conditions(domain);
        StringBuilder text = new StringBuilder();
        boolean wanted = true;
        for (String line : template(file).split("\n", -1)) {
            if (line.startsWith("// ")) {
                wanted = line.equals("// end") || conditions.contains(line.substring(3));
            } else if (wanted) {
                text.append(line).append('\n');
            }
        }
        return text.toString()
                .replace("@Name@", name(domain))
                .replace("@name@", name(domain).toLowerCase(Locale.ROOT))
                .replace("@package@", packageName(domain));
    }

    /** What lies between {@code // condition} and {@code // end} is there in these domains only. */
    private static Set<String> conditions(int domain) {
        boolean withKey = domain % 5 != 4;
        Set<String> conditions = new TreeSet<>();
        conditions.add(domain % 2 == 0 ? "even" : "odd");
        conditions.add(withKey ? "with key" : "without key");
        conditions.add(domain % 2 == 0 ? "with header key" : "without header key");
        if (withKey && domain % 2 == 0) {
            conditions.add("with second key");
        }
        if (domain % 5 == 0) {
            conditions.add("with job key");
        }
        return conditions;
    }

    private static String template(String file) {
        try (InputStream in = Shop.class.getResourceAsStream(file + ".java.txt")) {
            return new String(Objects.requireNonNull(in, file).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
