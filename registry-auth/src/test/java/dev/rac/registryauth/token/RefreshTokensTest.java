package dev.rac.registryauth.token;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rac.registryauth.TestDatabase;
import dev.rac.registryauth.access.LastUses;
import dev.rac.registryauth.user.Account;
import dev.rac.service.database.Database;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RefreshTokensTest {
    private final Clock clock = Clock.systemUTC();

    @Test
    void aUserWhoIsDeletedMeanwhileGetsNone(@TempDir Path directory) {
        try (var database = Database.open(TestDatabase.of(directory), "registry-auth");
                var lastUses = new LastUses(database.jdbi(), clock)) {
            var tokens = new RefreshTokens(database.jdbi(), lastUses, clock, new SecureRandom());

            assertThat(tokens.issue(new Account("gone", "$2b$", 1, false, clock.instant()), "registry", "docker"))
                    .isEmpty();
        }
    }
}
