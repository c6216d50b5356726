package dev.rac.registryauth.access;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.rac.registryauth.TestDatabase;
import dev.rac.service.database.Database;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AccessTokensTest {
    private final Clock clock = Clock.systemUTC();

    @Test
    void aUserWhoIsDeletedMeanwhileGetsNone(@TempDir Path directory) {
        try (var database = Database.open(TestDatabase.of(directory), "registry-auth");
                var lastUses = new LastUses(database.jdbi(), clock)) {
            var tokens = new AccessTokens(database.jdbi(), lastUses, clock, new SecureRandom(), Ticker.systemTicker());

            assertThat(tokens.create("gone", "ci", List.of(), List.of("pull"), null))
                    .isEqualTo(new AccessTokens.Outcome.NoSuchUser());
        }
    }
}
