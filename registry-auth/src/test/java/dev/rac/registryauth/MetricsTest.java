package dev.rac.registryauth;

import static dev.rac.registryauth.AuthServer.admin;
import static dev.rac.registryauth.AuthServer.basic;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The metrics have the names and labels by which the README lists them. */
class MetricsTest {
    private static final Path README = Path.of("..", "README.md");
    private static final Pattern METRIC = Pattern.compile("`(rac_[a-z_]+)`");
    private static final Pattern SCRAPED = Pattern.compile("(?m)^# TYPE (rac_[a-z_]+) ");
    // Those of the other services.
    private static final Pattern OTHERS =
            Pattern.compile("rac_(notifier|reconcile|requests|cold|wakes|freezes|frozen|sleeps|access)_.*");

    @Test
    void areThoseOfTheReadme(@TempDir Path data) throws IOException {
        try (var server = AuthServer.start(data)) {
            assertThat(server.get("/token?scope=repository:hello:pull", admin()).status())
                    .isEqualTo(200);
            assertThat(server.get("/token", basic("admin", "wrong")).status()).isEqualTo(401);

            String scraped = server.get("/metrics", null).body();

            Set<String> names = found(SCRAPED, scraped);
            // The longest of late comes with every histogram.
            names.remove("rac_token_requests_seconds_max");
            assertThat(names).isEqualTo(listed());
            assertThat(scraped)
                    .contains("rac_token_requests_seconds_bucket{grant=\"password\",outcome=\"granted\",le=")
                    .containsPattern("rac_logins_refused_total\\{reason=\"wrong\"} 1\\.0")
                    .contains("rac_logins_refused_total{reason=\"throttled\"}")
                    .contains("rac_logins_refused_total{reason=\"busy\"}");
        }
    }

    private static Set<String> listed() throws IOException {
        String readme = Files.readString(README);
        int start = readme.indexOf("\n## Metrics\n");
        String section = readme.substring(start, readme.indexOf("\n## ", start + 1));
        Set<String> names = found(METRIC, section);
        names.removeIf(name -> OTHERS.matcher(name).matches());
        assertThat(names).contains("rac_token_requests_seconds", "rac_audit_dropped_total");
        return names;
    }

    private static Set<String> found(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        var names = new TreeSet<String>();
        while (matcher.find()) {
            names.add(matcher.group(1));
        }
        return names;
    }
}
