package io.plimsoll.companion;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class CompanionTest {

    @Test
    void aNestedTypeIsFlattenedButItsPackageIsNot() {
        assertThat(Companion.nameFor("com.acme.Outer$Inner")).isEqualTo("com.acme.Outer_Inner_Plimsoll");
        assertThat(Companion.nameFor("odd$pkg.Outer")).isEqualTo("odd$pkg.Outer_Plimsoll");
        assertThat(Companion.nameFor("InNoPackage")).isEqualTo("InNoPackage_Plimsoll");
        assertThat(Companion.nameForPackage("com.acme")).isEqualTo("com.acme.package_info_Plimsoll");
    }

    @Test
    void aFactIsFoundByItsClass() {
        CompiledSite site = CompiledSite.of(
                CompiledSite.methodId("place", Stream.of("java.lang.String", "int[]")),
                "",
                CompiledDuration.ofNanos(5),
                "text");

        assertThat(site.id()).isEqualTo("place(java.lang.String,int[])");
        assertThat(site.fact(String.class)).isEqualTo("text");
        assertThat(site.fact(Integer.class)).isNull();
    }

    @Test
    void theTextOfPromisesDoesNotDependOnTheOrderInWhichTheyWereFound() {
        Map<String, Object> values =
                Map.of("b", "say \"2s\"", "a", true, "c", new int[] {1, 2}, "d", List.of("x"), "e", TimeUnit.DAYS);

        assertThat(PromiseText.of(Map.of("z.Z", Map.of(), "a.A", values)))
                .isEqualTo("@a.A(a=true, b=\"say \\\"2s\\\"\", c=[1, 2], d=[\"x\"], e=DAYS) @z.Z()");
    }

    @Test
    void aPlaceholderIsResolvedByTheApplication() {
        assertThat(CompiledDuration.ofPlaceholder("${t}").resolve(text -> "2s")).hasSeconds(2);
        assertThat(CompiledDuration.ofNanos(7).resolve(text -> "2s")).hasNanos(7);
    }
}
