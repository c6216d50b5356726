package dev.rac.notifier.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rac.certs.KeyAlgorithm;
import dev.rac.certs.SigningCertificates;
import dev.rac.notifier.TokenServer;
import dev.rac.notifier.image.HttpCaller;
import dev.rac.service.time.MutableClock;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CertificatesTest {
    private final MutableClock clock = new MutableClock(Instant.now());

    @Test
    void aKeyThatIsDroppedIsTrustedForAMinuteAtMost(@TempDir Path directory) throws Exception {
        var keys = SigningCertificates.open(directory, KeyAlgorithm.ES256, Clock.systemUTC(), new SecureRandom());
        try (var server = TokenServer.start(directory);
                var http = new HttpCaller(Duration.ofSeconds(5))) {
            var certificates = new Certificates(http, server.uri(), clock);
            X509Certificate leaked = keys.current().certificate();
            assertThat(certificates.trusts(leaked)).isTrue();

            keys.announceAuthority();
            X509Certificate next = keys.switchAuthorityAndDropOld().certificate();
            clock.advance(Duration.ofMinutes(1));

            assertThat(certificates.trusts(leaked)).isFalse();
            assertThat(certificates.trusts(next)).isTrue();
        }
    }
}
