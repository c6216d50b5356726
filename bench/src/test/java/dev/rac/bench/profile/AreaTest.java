package dev.rac.bench.profile;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class AreaTest {
    @Test
    void theJdkWorksForWhoeverCallsIt() {
        assertThat(Area.of(List.of("java.util.HashMap", "org.h2.command.Parser", "dev.rac.registryauth.claim.Claims")))
                .isEqualTo("database (H2)");
        assertThat(Area.of(List.of("sun.nio.ch.EPoll", "java.lang.Thread"))).isEqualTo(Area.JDK_ALONE);
    }

    @Test
    void ownCodeIsToldByFeature() {
        assertThat(Area.of(List.of("java.util.regex.Pattern", "dev.rac.registryauth.scope.Scopes")))
                .isEqualTo("RAC: registryauth.scope");
        assertThat(Area.of(List.of("dev.rac.registryauth.token.Tokens$$Lambda.0x00007f", "java.lang.Thread")))
                .isEqualTo("RAC: registryauth.token");
    }

    @Test
    void whatHasNoNameHereIsToldByItsPackage() {
        assertThat(Area.of(List.of("org.example.Thing"))).isEqualTo("org.example");
    }
}
