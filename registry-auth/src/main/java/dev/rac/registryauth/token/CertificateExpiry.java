package dev.rac.registryauth.token;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells how long the certificates that verify tokens are valid, and warns each day when that is not long. They are
 * renewed in time: it is not long when that fails, or for an authority when registry-auth has not been started for
 * years. Thread-safe.
 */
public final class CertificateExpiry implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(CertificateExpiry.class);
    private static final Duration WARNED = Duration.ofDays(30);
    private static final double SECONDS_PER_DAY = Duration.ofDays(1).toSeconds();

    private final Supplier<Instant> expiresAt;
    private final Clock clock;
    private final ScheduledExecutorService daily = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("certificate-expiry").daemon().factory());

    /**
     * Begins to watch.
     *
     * @param expiresAt when the first of the certificates in use expires
     */
    public CertificateExpiry(Supplier<Instant> expiresAt, Clock clock, MeterRegistry metrics) {
        this.expiresAt = expiresAt;
        this.clock = clock;
        Gauge.builder("rac.certificate.days.left", this, CertificateExpiry::daysLeft)
                .description("how long what verifies tokens is valid")
                .register(metrics);
        var _ = daily.scheduleAtFixedRate(this::look, 0, 1, TimeUnit.DAYS);
    }

    private double daysLeft() {
        return Duration.between(clock.instant(), expiresAt.get()).toSeconds() / SECONDS_PER_DAY;
    }

    private void look() {
        try {
            warning(clock.instant(), expiresAt.get()).ifPresent(LOG::warn);
        } catch (RuntimeException e) {
            LOG.error("when the certificates expire could not be looked up; trying again in a day", e);
        }
    }

    static Optional<String> warning(Instant now, Instant end) {
        return now.plus(WARNED).isBefore(end)
                ? Optional.empty()
                : Optional.of("a certificate that verifies tokens expires at " + end + ": see why it was not renewed,"
                        + " or have new ones made with rac keys rotate --authority");
    }

    @Override
    public void close() {
        daily.shutdownNow();
    }
}
