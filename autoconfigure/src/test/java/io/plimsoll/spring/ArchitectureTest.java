package io.plimsoll.spring;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.NullMarked;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.annotation.ImportCandidates;
import org.springframework.context.annotation.Bean;

/** The borders of the modules, as design and CONTRIBUTING describe them. */
@AnalyzeClasses(packages = "io.plimsoll", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    /** By elimination, so that a new feature needs no line here: whatever is not of another module is of this one. */
    private static final DescribedPredicate<JavaClass> OF_ANNOTATIONS = resideInAPackage("io.plimsoll..")
            .and(DescribedPredicate.not(
                    resideInAnyPackage("io.plimsoll.spring..", "io.plimsoll.processor..", "io.plimsoll.test..")));

    /** What features stand on. */
    private static final DescribedPredicate<JavaClass> SHARED =
            resideInAnyPackage("io.plimsoll.spring.weaving..", "io.plimsoll.spring.jdbc..");

    @ArchTest
    static final ArchRule ANNOTATIONS_NEED_NOTHING = classes()
            .that(OF_ANNOTATIONS.and(DescribedPredicate.not(resideInAPackage("io.plimsoll.guard.."))))
            .should()
            .onlyDependOnClassesThat(OF_ANNOTATIONS.or(resideInAnyPackage("java..", "org.jspecify..")));

    /** It lives in javac; no application may ever load it. */
    @ArchTest
    static final ArchRule THE_GUARD_IS_APART = noClasses()
            .that()
            .resideOutsideOfPackage("io.plimsoll.guard..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.plimsoll.guard..");

    @ArchTest
    static final ArchRule THE_GUARD_NEEDS_JAVAC_ALONE = classes()
            .that()
            .resideInAPackage("io.plimsoll.guard..")
            .should()
            .onlyDependOnClassesThat(resideInAnyPackage(
                    "java..",
                    "javax.lang.model..",
                    "javax.tools..",
                    "com.sun.source..",
                    "com.google.auto.service..",
                    "org.jspecify..",
                    "io.plimsoll.companion..",
                    "io.plimsoll.guard.."));

    /** But for the parser of its expressions, which is shaded and in one package alone. */
    @ArchTest
    static final ArchRule THE_PROCESSOR_KNOWS_NO_SPRING = noClasses()
            .that()
            .resideInAPackage("io.plimsoll.processor..")
            .should()
            .dependOnClassesThat(resideInAnyPackage("org.springframework..", "io.plimsoll.spring..")
                    .and(DescribedPredicate.not(
                            resideInAnyPackage("org.springframework.asm..", "org.springframework.expression.."))));

    @ArchTest
    static final ArchRule THE_PROCESSOR_PARSES_IN_ONE_PACKAGE = noClasses()
            .that()
            .resideInAPackage("io.plimsoll.processor..")
            .and()
            .resideOutsideOfPackage("io.plimsoll.processor.key..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.springframework.expression..");

    @ArchTest
    static final ArchRule THE_PROCESSORS_ENGINE_KNOWS_NO_FEATURE = classes()
            .that()
            .resideInAPackage("io.plimsoll.processor.engine..")
            .should()
            .onlyDependOnClassesThat(resideInAnyPackage(
                    "java..",
                    "javax..",
                    "com.sun.source..",
                    "com.google.auto.service..",
                    "org.jspecify..",
                    "io.plimsoll.companion..",
                    "io.plimsoll.processor.companion..",
                    "io.plimsoll.processor.model..",
                    "io.plimsoll.processor.report..",
                    "io.plimsoll.processor.tree..",
                    "io.plimsoll.processor.engine.."));

    @ArchTest
    static final ArchRule THE_WEAVING_KNOWS_NO_FEATURE = classes()
            .that()
            .resideInAPackage("io.plimsoll.spring.weaving..")
            .should()
            .onlyDependOnClassesThat(resideInAnyPackage(
                    "java..",
                    "org.springframework..",
                    "org.aopalliance..",
                    "org.apache.commons.logging..",
                    "org.jspecify..",
                    "io.plimsoll.companion..",
                    "io.plimsoll.spring.weaving.."));

    @ArchTest
    static final ArchRule FEATURES_DO_NOT_KNOW_EACH_OTHER = slices().matching("io.plimsoll.spring.(*)..")
            .should()
            .notDependOnEachOther()
            .ignoreDependency(DescribedPredicate.alwaysTrue(), SHARED);

    @ArchTest
    static final ArchRule FEATURES_SHOW_ONLY_AUTO_CONFIGURATIONS_AND_SPIS = classes()
            .that(resideInAPackage("io.plimsoll.spring..").and(DescribedPredicate.not(SHARED)))
            .and()
            .areTopLevelClasses()
            .and()
            .arePublic()
            .should()
            .beAnnotatedWith(AutoConfiguration.class)
            .orShould()
            .beInterfaces();

    @ArchTest
    static final ArchRule AUTO_CONFIGURATIONS_ARE_FINAL = classes()
            .that()
            .areAnnotatedWith(AutoConfiguration.class)
            .should()
            .haveModifier(JavaModifier.FINAL)
            .andShould()
            .bePublic();

    @ArchTest
    static final ArchRule AUTO_CONFIGURATIONS_ARE_REGISTERED = classes()
            .that()
            .areAnnotatedWith(AutoConfiguration.class)
            .should(new ArchCondition<>("be listed in AutoConfiguration.imports") {
                private final List<String> listed =
                        ImportCandidates.load(AutoConfiguration.class, null).getCandidates();

                @Override
                public void check(JavaClass type, ConditionEvents events) {
                    if (!listed.contains(type.getName())) {
                        events.add(SimpleConditionEvent.violated(type, type.getName() + " is not"));
                    }
                }
            });

    @ArchTest
    static final ArchRule BEAN_METHODS_ARE_PACKAGE_PRIVATE =
            methods().that().areAnnotatedWith(Bean.class).should().bePackagePrivate();

    @ArchTest
    static final ArchRule NOBODY_SLEEPS = noClasses()
            .that()
            .resideOutsideOfPackage("io.plimsoll.test..")
            .should()
            .callMethod(Thread.class, "sleep", long.class);

    @ArchTest
    static final ArchRule EVERYTHING_IS_NULL_MARKED = classes()
            .that()
            .resideOutsideOfPackage("..shaded..")
            .should(new ArchCondition<>("be in a package that is @NullMarked") {
                @Override
                public void check(JavaClass type, ConditionEvents events) {
                    if (!type.getPackage().isAnnotatedWith(NullMarked.class)) {
                        events.add(SimpleConditionEvent.violated(type, type.getName() + " is not"));
                    }
                }
            });

    @ArchTest
    static final ArchRule NO_PACKAGE_IS_SPLIT_OVER_JARS = classes()
            .should(new ArchCondition<>("be in a package of one jar") {
                private final Map<String, URI> homes = new HashMap<>();

                @Override
                public void check(JavaClass type, ConditionEvents events) {
                    URI uri = type.getSource().orElseThrow().getUri();
                    String path = type.getName().replace('.', '/') + ".class";
                    URI home = URI.create(uri.toString().replace(path, ""));
                    URI other = homes.putIfAbsent(type.getPackageName(), home);
                    if (other != null && !other.equals(home)) {
                        events.add(SimpleConditionEvent.violated(
                                type, type.getPackageName() + " is in " + home + " and in " + other));
                    }
                }
            });
}
