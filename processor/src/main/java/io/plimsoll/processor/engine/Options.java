package io.plimsoll.processor.engine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What the build says: {@code -Aplimsoll.profile=adopt}, {@code -Aplimsoll.rule.MissingTimeout=warn}.
 *
 * @param record whether findings are written down for a baseline, and not reported
 * @param report whether the promises of entry points are written down
 * @param problems what could not be understood, each naming the option and the accepted values
 */
record Options(
        Profile profile,
        Map<String, Severity> severities,
        Baseline baseline,
        boolean record,
        boolean report,
        List<String> problems) {

    private static final String PREFIX = "plimsoll.";
    private static final String PROFILE = "plimsoll.profile";
    private static final String RULE = "plimsoll.rule.";
    private static final String BASELINE = "plimsoll.baseline";
    private static final String RECORD = "plimsoll.record";
    private static final String REPORT = "plimsoll.report";

    /** The arguments of {@code -Xplugin:Plimsoll}. All of them are ours, and the plugin by itself writes no files. */
    static Options ofPlugin(Map<String, String> arguments, List<Rule> rules) {
        Options options = parse(arguments, rules);
        List<String> problems = new ArrayList<>(options.problems());
        for (String name : arguments.keySet()) {
            if (!name.startsWith(PREFIX)) {
                problems.add(unknown(name));
            }
        }
        if (options.record()) {
            problems.add("[Plimsoll] " + RECORD + " as an argument of -Xplugin records nothing: only the processor"
                    + " writes files, and this build runs the plugin apart from it. Fix: leave it out, and record"
                    + " where javac runs both, as Maven does");
        }
        return new Options(
                options.profile(),
                options.severities(),
                options.baseline(),
                options.record(),
                options.report(),
                List.copyOf(problems));
    }

    static Options parse(Map<String, ? extends @Nullable String> given, List<Rule> rules) {
        List<String> problems = new ArrayList<>();
        Profile profile = Profile.RECOMMENDED;
        Map<String, Severity> severities = new HashMap<>();
        String file = null;
        boolean record = false;
        boolean report = false;
        for (var option : given.entrySet()) {
            String name = option.getKey();
            if (name.equals(PROFILE)) {
                Profile chosen = read(Profile.values(), name, option.getValue(), problems);
                profile = chosen != null ? chosen : profile;
            } else if (name.equals(BASELINE)) {
                file = option.getValue();
            } else if (name.equals(RECORD)) {
                record = isTrue(name, option.getValue(), problems);
            } else if (name.equals(REPORT)) {
                report = isTrue(name, option.getValue(), problems);
            } else if (name.startsWith(RULE)) {
                String rule = name.substring(RULE.length());
                Severity chosen = read(Severity.values(), name, option.getValue(), problems);
                if (rules.stream().noneMatch(each -> each.name().equals(rule))) {
                    problems.add("[Plimsoll] -A" + name + " names no rule. Rules are: "
                            + rules.stream().map(Rule::name).collect(Collectors.joining(", ")));
                } else if (chosen != null) {
                    severities.put(rule, chosen);
                }
            } else if (name.startsWith(PREFIX)) {
                problems.add(unknown("-A" + name));
            }
        }
        // While the file is written for the first time, or anew, it may be absent or broken.
        Baseline baseline = record ? Baseline.EMPTY : baseline(file, problems);
        return new Options(profile, Map.copyOf(severities), baseline, record, report, List.copyOf(problems));
    }

    private static String unknown(String option) {
        return "[Plimsoll] " + option + " is no option. Options are: " + PROFILE + ", " + RULE + "<rule>, " + BASELINE
                + ", " + RECORD + ", " + REPORT;
    }

    /** Without a value it is none: a property of the build that is not set. */
    private static Baseline baseline(@Nullable String file, List<String> problems) {
        return file == null || file.isBlank() ? Baseline.EMPTY : Baseline.read(file, problems);
    }

    private enum Switch {
        TRUE,
        FALSE
    }

    /** An option without a value is switched on. */
    private static boolean isTrue(String option, @Nullable String value, List<String> problems) {
        return value == null || read(Switch.values(), option, value, problems) == Switch.TRUE;
    }

    private static <E extends Enum<E>> @Nullable E read(
            E[] accepted, String option, @Nullable String value, List<String> problems) {
        for (E each : accepted) {
            if (word(each).equals(value)) {
                return each;
            }
        }
        problems.add(
                "[Plimsoll] -A" + option + "=" + (value == null ? "" : value) + " is not understood. Accepted are: "
                        + Arrays.stream(accepted).map(Options::word).collect(Collectors.joining(", ")));
        return null;
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    /** The names of all options, so that the compiler does not call them unrecognised. */
    static Set<String> names(List<Rule> rules) {
        Set<String> names = new LinkedHashSet<>(List.of(PROFILE, BASELINE, RECORD, REPORT));
        rules.forEach(rule -> names.add(RULE + rule.name()));
        return names;
    }

    Severity severity(Rule rule) {
        Severity chosen = severities.get(rule.name());
        return chosen != null ? chosen : rule.severity(profile);
    }
}
