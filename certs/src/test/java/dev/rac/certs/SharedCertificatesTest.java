package dev.rac.certs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One directory of several instances. */
class SharedCertificatesTest {
    private static final int INSTANCES = 8;

    private final MutableClock clock = new MutableClock(Instant.parse("2026-11-22T12:00:00Z"));

    @TempDir
    Path directory;

    @Test
    void thoseWhoOpenAnEmptyDirectoryAtOnceHaveOneAuthorityAndOneSigner() throws Exception {
        List<SigningCertificates> instances = atOnce(INSTANCES, this::open);

        SigningCertificates first = instances.getFirst();
        assertThat(Pem.readCertificates(first.bundleFile()))
                .hasSize(2)
                .startsWith(first.current().certificate());
        for (SigningCertificates instance : instances) {
            assertThat(instance.current().certificate())
                    .isEqualTo(first.current().certificate());
            assertThat(instance.bundle()).isEqualTo(Files.readString(first.bundleFile()));
        }
    }

    @Test
    void aRenewalThatIsDueInAllOfThemHappensOnce() throws Exception {
        List<SigningCertificates> instances =
                Stream.generate(this::open).limit(INSTANCES).toList();
        X509Certificate old = instances.getFirst().current().certificate();
        clock.advance(Duration.ofDays(300));

        List<Identity> renewed =
                atOnce(INSTANCES * 2, call -> instances.get(call % INSTANCES).current());

        X509Certificate next = renewed.getFirst().certificate();
        assertThat(next).isNotEqualTo(old);
        assertThat(renewed).extracting(Identity::certificate).containsOnly(next);
        assertThat(Pem.readCertificates(instances.getFirst().bundleFile()))
                .hasSize(3)
                .startsWith(next, old);
    }

    @Test
    void whatOneRotatesTheOthersSignWithSoonAndVerifyWithAtOnce() {
        SigningCertificates one = open();
        SigningCertificates other = open();
        Identity old = other.current();

        X509Certificate next = one.rotate().certificate();

        assertThat(other.current()).isSameAs(old);
        assertThat(other.signers()).containsExactly(next, old.certificate());
        assertThat(other.bundle()).isEqualTo(one.bundle());
        X509Certificate last = one.rotate().certificate();
        clock.advance(SigningCertificates.SEEN_WITHIN);
        assertThat(other.current().certificate()).isEqualTo(last);
        assertThat(other.expiresAt()).isEqualTo(one.expiresAt());
    }

    @Test
    void anAuthorityThatOneAnnouncesTheOtherMaySwitchTo() {
        SigningCertificates one = open();
        SigningCertificates other = open();
        one.announceAuthority();
        other.announceAuthority();
        assertThat(other.isAuthorityAnnounced()).isTrue();
        assertThat(other.bundle()).isEqualTo(one.bundle());

        X509Certificate next = other.switchAuthority().certificate();

        assertThat(one.isAuthorityAnnounced()).isFalse();
        assertThat(one.signers()).startsWith(next).hasSize(2);
        assertThat(one.bundle()).isEqualTo(other.bundle());
    }

    @Test
    void aSwitchThatOneHasNotEndedIsWhatTheOthersSee() throws IOException {
        SigningCertificates one = open();
        SigningCertificates other = open();
        one.announceAuthority();
        Path announced = directory.resolve("next-token-authority.pem");
        Path authority = directory.resolve("token-authority.pem");
        String old = Files.readString(authority);
        String next = Files.readString(announced);
        X509Certificate signer = one.switchAuthority().certificate();
        // As it is between the two files.
        Files.writeString(authority, old);
        Files.writeString(announced, next);

        assertThat(other.signers()).startsWith(signer);
        assertThat(other.isAuthorityAnnounced()).isFalse();
        // Whoever writes next ends it.
        other.rotate();
        assertThat(announced).doesNotExist();
        assertThat(authority).hasContent(next);
        assertThat(Files.readString(other.bundleFile())).isEqualTo(other.bundle());
    }

    @Test
    void filesThatDoNotFitAreNotTakenFromOthers(@TempDir Path elsewhere) throws IOException {
        SigningCertificates certificates = open();
        Identity signer = certificates.current();
        SigningCertificates.open(elsewhere, KeyAlgorithm.ES256, clock, new SecureRandom());
        Path file = directory.resolve("signing.pem");
        String ours = Files.readString(file);

        Files.copy(elsewhere.resolve("signing.pem"), directory.resolve("foreign"));
        Files.move(directory.resolve("foreign"), file, StandardCopyOption.REPLACE_EXISTING);
        assertThat(certificates.signers()).containsExactly(signer.certificate());
        Files.delete(file);
        clock.advance(Duration.ofMinutes(1));
        assertThat(certificates.current()).isSameAs(signer);

        Files.writeString(file, ours);
        clock.advance(Duration.ofMinutes(1));
        assertThat(certificates.rotate().certificate()).isNotEqualTo(signer.certificate());
    }

    @Test
    void noRotationIsLostWhereThreadsAndProcessesRotateAtOnce() throws Exception {
        int processes = 3;
        int rotations = 20;
        var started = new ArrayList<Process>();
        for (int i = 0; i < processes; i++) {
            started.add(Rotations.start(directory, rotations));
        }
        List<SigningCertificates> instances = atOnce(processes, () -> {
            var instance =
                    SigningCertificates.open(directory, KeyAlgorithm.ES256, Clock.systemUTC(), new SecureRandom());
            for (int i = 0; i < rotations; i++) {
                instance.rotate();
            }
            return instance;
        });
        for (Process process : started) {
            assertThat(process.waitFor()).isZero();
        }

        List<X509Certificate> signers = instances.getFirst().signers();
        assertThat(new HashSet<>(signers)).hasSize(1 + 2 * processes * rotations);
        assertThat(Pem.readCertificates(instances.getFirst().bundleFile()))
                .startsWith(signers.toArray(X509Certificate[]::new))
                .hasSize(signers.size() + 1);
    }

    private SigningCertificates open() {
        return SigningCertificates.open(directory, KeyAlgorithm.ES256, clock, new SecureRandom());
    }

    private static <T> List<T> atOnce(int calls, Callable<T> call) throws Exception {
        return atOnce(calls, number -> call.call());
    }

    private interface Numbered<T> {
        T call(int number) throws Exception;
    }

    private static <T> List<T> atOnce(int calls, Numbered<T> call) throws Exception {
        var tasks = new ArrayList<Callable<T>>();
        for (int i = 0; i < calls; i++) {
            int number = i;
            tasks.add(() -> call.call(number));
        }
        var results = new ArrayList<T>();
        try (var threads = Executors.newFixedThreadPool(calls)) {
            for (Future<T> result : threads.invokeAll(tasks)) {
                results.add(result.get());
            }
        }
        return results;
    }
}
