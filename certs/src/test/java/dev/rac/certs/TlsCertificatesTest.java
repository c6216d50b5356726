package dev.rac.certs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TlsCertificatesTest {
    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"rac.test", "hello.rac.test", "127.0.0.1", "::1"})
    void aClientThatTrustsTheAuthorityReachesEachName(String host) throws Exception {
        TlsCertificates certificates = open(Clock.systemUTC(), "RAC.test", "*.rac.test", "127.0.0.1", "::1");

        assertThat(handshake(certificates.sslContext(), trusting(certificates.authorityFile()), host))
                .isEqualTo(certificates.current().certificate());
    }

    @Test
    void aClientRefusesAnotherNameAndAnotherAuthority(@TempDir Path elsewhere) throws Exception {
        TlsCertificates certificates = open(Clock.systemUTC(), "rac.test");
        TlsCertificates others =
                TlsCertificates.open(elsewhere, List.of("rac.test"), Clock.systemUTC(), new SecureRandom());

        assertThatThrownBy(() ->
                        handshake(certificates.sslContext(), trusting(certificates.authorityFile()), "other.test"))
                .isInstanceOf(SSLHandshakeException.class);
        assertThatThrownBy(() -> handshake(certificates.sslContext(), trusting(others.authorityFile()), "rac.test"))
                .isInstanceOf(SSLHandshakeException.class);
    }

    @Test
    void aContextUsesTheRenewedCertificate() throws Exception {
        // Made in the past, so that both certificates are valid for a client of today.
        var clock = new MutableClock(Instant.now().minus(Duration.ofDays(61)));
        TlsCertificates certificates = open(clock, "rac.test");
        SSLContext server = certificates.sslContext();
        SSLContext client = trusting(certificates.authorityFile());
        X509Certificate first = handshake(server, client, "rac.test");

        clock.advance(Duration.ofDays(61));
        X509Certificate second = handshake(server, client, "rac.test");

        assertThat(second).isNotEqualTo(first);
        assertThat(open(clock, "rac.test").current().certificate()).isEqualTo(second);
    }

    @Test
    void otherNamesReplaceTheCertificateButNotTheAuthority() throws IOException {
        X509Certificate first =
                open(Clock.systemUTC(), "a.test", "10.0.0.1").current().certificate();
        String authority = Files.readString(directory.resolve("tls-authority.pem"));

        assertThat(open(Clock.systemUTC(), "10.0.0.1", "A.test").current().certificate())
                .isEqualTo(first);
        assertThat(open(Clock.systemUTC(), "b.test").current().certificate()).isNotEqualTo(first);
        assertThat(directory.resolve("tls-authority.pem")).hasContent(authority);
        assertThat(directory.resolve("tls-authority.crt")).content().doesNotContain("PRIVATE");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "-a.test", "a..test", "1.2.3", "1.2.3.999", "::x", "a.*.test", "a_b", "é.test"})
    void refusesWhatIsNoName(String name) {
        assertThatThrownBy(() -> open(Clock.systemUTC(), name))
                .isInstanceOf(CertificatesException.class)
                .hasMessageContaining("\"" + name + "\"");
    }

    private TlsCertificates open(Clock clock, String... names) {
        return TlsCertificates.open(directory, List.of(names), clock, new SecureRandom());
    }

    private static SSLContext trusting(Path authority) throws Exception {
        var trusted = KeyStore.getInstance(KeyStore.getDefaultType());
        trusted.load(null, null);
        trusted.setCertificateEntry("authority", Pem.readCertificates(authority).getFirst());
        var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(trusted);
        var context = SSLContext.getInstance("TLS");
        context.init(null, factory.getTrustManagers(), null);
        return context;
    }

    /** Shakes hands over loopback, as if {@code host} had resolved to it, and returns the server's certificate. */
    private static X509Certificate handshake(SSLContext server, SSLContext client, String host) throws Exception {
        InetAddress loopback = InetAddress.getLoopbackAddress();
        try (var listener = (SSLServerSocket) server.getServerSocketFactory().createServerSocket(0, 1, loopback)) {
            CompletableFuture<Void> served = CompletableFuture.runAsync(() -> serve(listener));
            try (var plain = new java.net.Socket(loopback, listener.getLocalPort());
                    var socket = (SSLSocket) client.getSocketFactory().createSocket(plain, host, 443, true)) {
                var parameters = socket.getSSLParameters();
                parameters.setEndpointIdentificationAlgorithm("HTTPS");
                socket.setSSLParameters(parameters);
                socket.startHandshake();
                return (X509Certificate) socket.getSession().getPeerCertificates()[0];
            } finally {
                served.join();
            }
        }
    }

    private static void serve(SSLServerSocket listener) {
        try (var accepted = (SSLSocket) listener.accept()) {
            accepted.startHandshake();
        } catch (IOException e) {
            // The client refused the certificate; the client's side is what the test looks at.
        }
    }
}
