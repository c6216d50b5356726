package dev.rac.certs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.security.cert.CertPathValidator;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class SigningCertificatesTest {
    private final MutableClock clock = new MutableClock(Instant.parse("2026-11-22T12:00:00Z"));

    @TempDir
    Path directory;

    @ParameterizedTest
    @EnumSource
    void keepsKeyAndCertificateOverRestarts(KeyAlgorithm algorithm) {
        Identity first = open(algorithm).current();
        clock.advance(Duration.ofDays(1));
        Identity second = open(algorithm).current();

        assertThat(first.algorithm()).isEqualTo(algorithm);
        assertThat(second.certificate()).isEqualTo(first.certificate());
        assertThat(second.privateKey().getEncoded())
                .isEqualTo(first.privateKey().getEncoded());
    }

    @ParameterizedTest
    @EnumSource
    void theBundleVerifiesTheSigningCertificate(KeyAlgorithm algorithm) throws Exception {
        SigningCertificates certificates = open(algorithm);

        List<X509Certificate> bundle = Pem.readCertificates(certificates.bundleFile());
        assertThat(bundle).first().isEqualTo(certificates.current().certificate());
        assertThat(Files.readString(certificates.bundleFile())).isEqualTo(certificates.bundle());
        assertValid(certificates.current().certificate(), bundle.getLast());
    }

    @Test
    void secretsAreReadableByTheOwnerOnlyAndTheBundleByAll() throws IOException {
        open(KeyAlgorithm.ES256);

        assertThat(mode("signing.pem")).isEqualTo("rw-------");
        assertThat(mode("token-authority.pem")).isEqualTo("rw-------");
        assertThat(mode("registry-bundle.pem")).isEqualTo("rw-r--r--");
        try (Stream<Path> files = Files.list(directory)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder(
                            "signing.pem", "token-authority.pem", "registry-bundle.pem", "signing.lock");
        }
        assertThat(Files.readString(directory.resolve("registry-bundle.pem"))).doesNotContain("PRIVATE");
    }

    @Test
    void renewsWhenLessThanAThirdOfTheLifetimeRemains() throws Exception {
        SigningCertificates certificates = open(KeyAlgorithm.ES256);
        Identity first = certificates.current();
        List<X509Certificate> published = Pem.readCertificates(certificates.bundleFile());

        clock.advance(Duration.ofDays(243));
        assertThat(certificates.current()).isSameAs(first);
        clock.advance(Duration.ofDays(1));
        Identity second = certificates.current();

        assertThat(second.certificate()).isNotEqualTo(first.certificate());
        assertThat(second.privateKey().getEncoded())
                .isNotEqualTo(first.privateKey().getEncoded());
        // A registry that has read the first bundle accepts the second signer.
        assertValid(second.certificate(), published.getLast());
        assertThat(open(KeyAlgorithm.ES256).current().certificate()).isEqualTo(second.certificate());
    }

    @Test
    void publishesAnOldCertificateAsLongAsItCanMatter() {
        SigningCertificates certificates = open(KeyAlgorithm.ES256);
        X509Certificate first = certificates.current().certificate();
        clock.advance(Duration.ofDays(300));
        X509Certificate second = certificates.current().certificate();

        assertThat(certificates.signers()).containsExactly(second, first);
        assertThat(open(KeyAlgorithm.ES256).signers()).containsExactly(second, first);
        assertThat(Pem.readCertificates(certificates.bundleFile())).startsWith(second, first);

        clock.advance(SigningCertificates.RETIRED_FOR);
        assertThat(certificates.signers()).containsExactly(second);
        assertThat(open(KeyAlgorithm.ES256).bundle()).isEqualTo(certificates.bundle());
        assertThat(Pem.readCertificates(certificates.bundleFile())).hasSize(2).startsWith(second);
    }

    @Test
    void anExpiredCertificateIsPublishedNoLonger() {
        SigningCertificates certificates = open(KeyAlgorithm.ES256);
        clock.advance(Duration.ofDays(360));
        X509Certificate second = certificates.current().certificate();
        assertThat(certificates.signers()).hasSize(2);

        clock.advance(Duration.ofDays(6));
        assertThat(certificates.signers()).containsExactly(second);
    }

    @Test
    void rotatesWhenAskedAndPublishesEveryPredecessor() throws Exception {
        SigningCertificates certificates = open(KeyAlgorithm.ES256);
        X509Certificate authority =
                Pem.readCertificates(certificates.bundleFile()).getLast();
        X509Certificate first = certificates.current().certificate();
        clock.advance(Duration.ofDays(1));
        X509Certificate second = certificates.rotate().certificate();
        clock.advance(Duration.ofDays(1));
        X509Certificate third = certificates.rotate().certificate();

        assertThat(certificates.current().certificate()).isEqualTo(third);
        assertThat(certificates.signers()).containsExactly(third, second, first);
        assertThat(Pem.readCertificates(certificates.bundleFile())).containsExactly(third, second, first, authority);
        assertValid(third, authority);
        assertThat(open(KeyAlgorithm.ES256).signers()).containsExactly(third, second, first);

        clock.advance(SigningCertificates.RETIRED_FOR.minusDays(1));
        assertThat(certificates.signers()).containsExactly(third, second);
    }

    @Test
    void aRotationThatCannotBeWrittenChangesNothing() throws IOException {
        SigningCertificates certificates = open(KeyAlgorithm.ES256);
        Identity first = certificates.current();
        String bundle = certificates.bundle();
        Files.createDirectories(directory.resolve("retired-signing.pem.tmp/full"));

        assertThatThrownBy(certificates::rotate)
                .isInstanceOf(CertificatesException.class)
                .hasMessageContaining("cannot write");
        assertThat(certificates.current()).isSameAs(first);
        assertThat(certificates.bundle()).isEqualTo(bundle);
    }

    @Test
    void anotherAlgorithmReplacesTheKeyAndKeepsTheOldCertificatePublished() {
        X509Certificate first = open(KeyAlgorithm.ES256).current().certificate();
        SigningCertificates certificates = open(KeyAlgorithm.RS256);

        assertThat(certificates.current().algorithm()).isEqualTo(KeyAlgorithm.RS256);
        assertThat(certificates.signers())
                .containsExactly(certificates.current().certificate(), first);
    }

    @Test
    void theAuthorityIsRenewedWithItsKey() throws Exception {
        SigningCertificates certificates = open(KeyAlgorithm.ES256);
        X509Certificate old = Pem.readCertificates(certificates.bundleFile()).getLast();

        clock.advance(Duration.ofDays(2500));
        SigningCertificates later = open(KeyAlgorithm.ES256);
        X509Certificate renewed = Pem.readCertificates(later.bundleFile()).getLast();

        assertThat(renewed).isNotEqualTo(old);
        assertValid(later.current().certificate(), renewed);
        assertValid(later.current().certificate(), old);
    }

    @Test
    void anotherAuthorityIsAnnouncedBeforeAnythingComesFromIt() throws Exception {
        SigningCertificates certificates = open(KeyAlgorithm.ES256);
        X509Certificate first = certificates.current().certificate();
        X509Certificate old = Pem.readCertificates(certificates.bundleFile()).getLast();
        assertThatThrownBy(certificates::switchAuthority).hasMessageContaining("no other token authority");

        certificates.announceAuthority();
        certificates.announceAuthority();
        List<X509Certificate> both = Pem.readCertificates(certificates.bundleFile());
        assertThat(both).hasSize(3).startsWith(first, old);
        assertThat(certificates.current().certificate()).isEqualTo(first);
        // It stays the next one over a restart.
        SigningCertificates again = open(KeyAlgorithm.ES256);
        assertThat(again.isAuthorityAnnounced()).isTrue();
        assertThat(Pem.readCertificates(again.bundleFile())).isEqualTo(both);

        X509Certificate second = again.switchAuthority().certificate();
        assertValid(second, both.getLast());
        assertThat(again.isAuthorityAnnounced()).isFalse();
        assertThat(Pem.readCertificates(again.bundleFile())).containsExactly(second, first, both.getLast());
        SigningCertificates later = open(KeyAlgorithm.ES256);
        assertThat(later.current().certificate()).isEqualTo(second);
        assertThat(later.bundle()).isEqualTo(again.bundle());
    }

    @Test
    void aSwitchOfTheAuthorityThatACrashCutShortIsFinishedAtTheNextStart() throws Exception {
        SigningCertificates certificates = open(KeyAlgorithm.ES256);
        certificates.announceAuthority();
        Path authority = directory.resolve("token-authority.pem");
        String old = Files.readString(authority);
        String next = Files.readString(directory.resolve("next-token-authority.pem"));
        X509Certificate second = certificates.switchAuthority().certificate();
        // As it is between the two files.
        Files.writeString(authority, old);
        Files.writeString(directory.resolve("next-token-authority.pem"), next);

        SigningCertificates again = open(KeyAlgorithm.ES256);
        assertThat(again.current().certificate()).isEqualTo(second);
        assertThat(again.isAuthorityAnnounced()).isFalse();
        assertThat(authority).hasContent(next);
    }

    @Test
    void aSwitchThatDropsTheOldLeavesNothingOfWhatSignedBefore() throws Exception {
        SigningCertificates certificates = open(KeyAlgorithm.ES256);
        certificates.rotate();
        certificates.rotate();
        assertThat(certificates.signers()).hasSize(3);
        assertThatThrownBy(certificates::switchAuthorityAndDropOld).hasMessageContaining("no other token authority");
        assertThat(certificates.signers()).hasSize(3);

        certificates.announceAuthority();
        X509Certificate authority =
                Pem.readCertificates(certificates.bundleFile()).getLast();
        X509Certificate signer = certificates.switchAuthorityAndDropOld().certificate();

        assertValid(signer, authority);
        assertThat(certificates.signers()).containsExactly(signer);
        assertThat(Pem.readCertificates(certificates.bundleFile())).containsExactly(signer, authority);
        SigningCertificates again = open(KeyAlgorithm.ES256);
        assertThat(again.signers()).containsExactly(signer);
        assertThat(Pem.readCertificates(again.bundleFile())).containsExactly(signer, authority);
        // What is rotated afterwards stays published as ever.
        assertThat(again.rotate().certificate()).isNotEqualTo(signer);
        assertThat(again.signers()).hasSize(2).endsWith(signer);
    }

    @Test
    void aSwitchThatDropsTheOldIsFinishedAtTheNextStartAfterACrash() throws Exception {
        SigningCertificates certificates = open(KeyAlgorithm.ES256);
        certificates.rotate();
        certificates.announceAuthority();
        var names = List.of("token-authority.pem", "next-token-authority.pem");
        var before = new ArrayList<String>();
        for (String name : names) {
            before.add(Files.readString(directory.resolve(name)));
        }
        String published = Files.readString(certificates.bundleFile());
        X509Certificate signer = certificates.switchAuthorityAndDropOld().certificate();
        // As it is once the signer's file is written, and no other after it.
        for (int i = 0; i < names.size(); i++) {
            Files.writeString(directory.resolve(names.get(i)), before.get(i));
        }
        Files.writeString(certificates.bundleFile(), published);

        SigningCertificates again = open(KeyAlgorithm.ES256);

        assertThat(again.signers()).containsExactly(signer);
        assertThat(again.isAuthorityAnnounced()).isFalse();
        assertThat(Pem.readCertificates(again.bundleFile())).hasSize(2).startsWith(signer);
        assertThat(directory.resolve("token-authority.pem")).hasContent(before.getLast());
    }

    @Test
    void aSwitchThatDropsTheOldAndCannotWriteTheNextSignerLeavesTheOldOneSigning() throws Exception {
        SigningCertificates certificates = open(KeyAlgorithm.ES256);
        certificates.announceAuthority();
        Identity old = certificates.current();
        Path obstacle = Files.createDirectories(directory.resolve("signing.pem.tmp/full"));

        assertThatThrownBy(certificates::switchAuthorityAndDropOld).isInstanceOf(CertificatesException.class);
        assertThat(certificates.current().certificate()).isEqualTo(old.certificate());
        assertThat(certificates.isAuthorityAnnounced()).isTrue();

        Files.delete(obstacle);
        X509Certificate signer = certificates.switchAuthorityAndDropOld().certificate();
        assertThat(certificates.signers()).containsExactly(signer);
    }

    @Test
    void signsOnWithAValidCertificateWhereTheNextCannotBeWritten() throws IOException {
        SigningCertificates certificates = open(KeyAlgorithm.ES256);
        Identity first = certificates.current();
        // A directory in the way of the temporary file fails for root too.
        Path obstacle = Files.createDirectories(directory.resolve("retired-signing.pem.tmp/full"));

        clock.advance(Duration.ofDays(300));
        assertThat(certificates.current()).isSameAs(first);
        assertThat(certificates.problem()).isEmpty();
        clock.advance(Duration.ofDays(66));
        assertThat(certificates.current()).isSameAs(first);
        assertThat(certificates.problem())
                .hasValueSatisfying(
                        problem -> assertThat(problem).contains("signing.pem").contains("expired"));

        Files.delete(obstacle);
        clock.advance(Duration.ofMinutes(1));
        assertThat(certificates.problem()).isEmpty();
        assertThat(certificates.current()).isNotSameAs(first);
    }

    @ParameterizedTest
    @ValueSource(strings = {"signing.pem", "token-authority.pem"})
    void aTruncatedFileIsAnErrorAndIsKept(String name) throws IOException {
        open(KeyAlgorithm.ES256);
        Path file = directory.resolve(name);
        String whole = Files.readString(file);
        for (int length : new int[] {0, 10, 60, whole.length() / 2, whole.length() - 10}) {
            Files.writeString(file, whole.substring(0, length));

            assertThatThrownBy(() -> open(KeyAlgorithm.ES256))
                    .as("%s of %s characters", length, whole.length())
                    .isInstanceOf(CertificatesException.class)
                    .hasMessageContaining(file.toString())
                    .hasMessageContaining("restore it");
            assertThat(file).hasContent(whole.substring(0, length));
        }
    }

    @Test
    void aKeyThatDoesNotFitItsCertificateIsAnError() throws IOException {
        open(KeyAlgorithm.ES256);
        Path file = directory.resolve("signing.pem");
        String whole = Files.readString(file);
        String certificate = whole.substring(whole.indexOf("-----BEGIN CERTIFICATE"));
        var other = new Identity(KeyAlgorithm.ES256.generate().getPrivate(), List.of());
        Files.writeString(file, Pem.encode(other) + certificate);

        assertThatThrownBy(() -> open(KeyAlgorithm.ES256))
                .hasMessageContaining(file + " is not usable: its private key does not fit its certificate");
    }

    @Test
    void aMissingCertificateOrKeyIsAnError() throws IOException {
        open(KeyAlgorithm.ES256);
        Path file = directory.resolve("signing.pem");
        String whole = Files.readString(file);
        int split = whole.indexOf("-----BEGIN CERTIFICATE");

        Files.writeString(file, whole.substring(0, split));
        assertThatThrownBy(() -> open(KeyAlgorithm.ES256)).hasMessageContaining("its certificate is missing");
        Files.writeString(file, whole.substring(split));
        assertThatThrownBy(() -> open(KeyAlgorithm.ES256)).hasMessageContaining("it has 0 private keys");
    }

    @Test
    void aLostAuthorityIsAnErrorAndIsNotMadeAnew() throws IOException {
        open(KeyAlgorithm.ES256);
        Path authority = directory.resolve("token-authority.pem");
        Files.delete(authority);

        assertThatThrownBy(() -> open(KeyAlgorithm.ES256))
                .hasMessageContaining(authority + " is missing")
                .hasMessageContaining("signing.pem");
        assertThat(authority).doesNotExist();
    }

    @Test
    void aSigningCertificateFromElsewhereIsAnError(@TempDir Path elsewhere) throws IOException {
        open(KeyAlgorithm.ES256);
        SigningCertificates.open(elsewhere, KeyAlgorithm.ES256, clock, new SecureRandom());
        Files.writeString(directory.resolve("signing.pem"), Files.readString(elsewhere.resolve("signing.pem")));

        assertThatThrownBy(() -> open(KeyAlgorithm.ES256))
                .hasMessageContaining("signing.pem does not fit")
                .hasMessageContaining("token-authority.pem");
    }

    private SigningCertificates open(KeyAlgorithm algorithm) {
        return SigningCertificates.open(directory, algorithm, clock, new SecureRandom());
    }

    private String mode(String name) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.resolve(name)));
    }

    private void assertValid(X509Certificate leaf, X509Certificate authority) throws Exception {
        var parameters = new PKIXParameters(Set.of(new TrustAnchor(authority, null)));
        parameters.setRevocationEnabled(false);
        parameters.setDate(Date.from(clock.instant()));
        var path = CertificateFactory.getInstance("X.509").generateCertPath(List.of(leaf));
        CertPathValidator.getInstance("PKIX").validate(path, parameters);
        authority.checkValidity(Date.from(clock.instant()));
    }
}
