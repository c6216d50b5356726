package dev.rac.registryauth.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.rac.service.time.MutableClock;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class CertificateExpiryTest {
    private final Logger log = (Logger) LoggerFactory.getLogger(CertificateExpiry.class);
    private final ListAppender<ILoggingEvent> appender = new ListAppender<>();
    private final MutableClock clock = new MutableClock(Instant.EPOCH);
    private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();

    @BeforeEach
    void listen() {
        appender.start();
        log.addAppender(appender);
    }

    @AfterEach
    void listenNoMore() {
        log.detachAppender(appender);
    }

    @Test
    void theDaysLeftAreMeasured() {
        try (var expiry = new CertificateExpiry(() -> Instant.EPOCH.plus(Duration.ofDays(40)), clock, metrics)) {
            assertThat(daysLeft()).isEqualTo(40);
            clock.advance(Duration.ofHours(12));
            assertThat(daysLeft()).isEqualTo(39.5);
            clock.advance(Duration.ofDays(41));
            assertThat(daysLeft()).isEqualTo(-1.5);
            assertThat(expiry).isNotNull();
        }
    }

    @Test
    void thirtyDaysAreEnough() {
        Instant end = Instant.EPOCH.plus(Duration.ofDays(30));

        assertThat(CertificateExpiry.warning(Instant.EPOCH, end.plusSeconds(1))).isEmpty();
        assertThat(CertificateExpiry.warning(Instant.EPOCH, end)).isPresent();
    }

    @Test
    void lessIsWarnedAboutFromTheStartOn() {
        Instant end = Instant.EPOCH.plus(Duration.ofDays(29));
        try (var expiry = new CertificateExpiry(() -> end, clock, metrics)) {
            await().until(() -> !warnings().isEmpty());
            assertThat(warnings().getFirst()).contains(end.toString(), "rac keys rotate --authority");
            assertThat(expiry).isNotNull();
        }
    }

    private double daysLeft() {
        return metrics.get("rac.certificate.days.left").gauge().value();
    }

    private List<String> warnings() {
        return List.copyOf(appender.list).stream()
                .filter(event -> event.getLevel() == Level.WARN)
                .map(ILoggingEvent::getFormattedMessage)
                .toList();
    }
}
