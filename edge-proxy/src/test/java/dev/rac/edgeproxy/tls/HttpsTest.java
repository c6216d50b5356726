package dev.rac.edgeproxy.tls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rac.edgeproxy.Behaviour;
import dev.rac.edgeproxy.TestApps;
import dev.rac.edgeproxy.TestDoor;
import dev.rac.edgeproxy.WebProgram;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class HttpsTest {
    @TempDir
    private Path data;

    private TestDoor door;
    private HttpClient client;

    @BeforeEach
    void open() throws Exception {
        door = TestDoor.open(Map.of("RAC_TLS_PORT", "0", "RAC_DOMAIN", "rac.example", "RAC_DATA", data.toString()));
        door.target.deploy(
                TestApps.app("hello"), Behaviour.of(new WebProgram("hello")).listeningAfter(Duration.ofMillis(200)));
        client = HttpClient.newBuilder()
                .sslContext(trusting(data.resolve("certs/tls-authority.crt")))
                .build();
    }

    @AfterEach
    void close() {
        client.shutdownNow();
        door.close();
    }

    @ParameterizedTest
    @EnumSource
    void anAppIsServedInTlsByBothVersionsOfHttp(HttpClient.Version version) throws Exception {
        HttpResponse<String> response =
                client.send(request("/request").version(version).build(), BodyHandlers.ofString());

        assertThat(response.version()).isEqualTo(version);
        assertThat(response.body())
                .contains("X-forwarded-proto: https", "Host: " + host("hello"), "X-forwarded-host: " + host("hello"));
    }

    @ParameterizedTest
    @EnumSource
    void aBodyOfUnknownLengthArrivesWhole(HttpClient.Version version) throws Exception {
        byte[] body = new byte[3_000_000];
        HttpRequest request = request("/count")
                .version(version)
                .POST(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body)))
                .build();

        assertThat(client.send(request, BodyHandlers.ofString()).body()).isEqualTo("3000000");
    }

    @ParameterizedTest
    @EnumSource
    void aLongAnswerArrivesWhole(HttpClient.Version version) throws Exception {
        HttpResponse<byte[]> response =
                client.send(request("/zeros?20000000").version(version).build(), BodyHandlers.ofByteArray());

        assertThat(response.body()).hasSize(20_000_000);
    }

    @ParameterizedTest
    @EnumSource
    void anUnknownAppIsA404(HttpClient.Version version) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create("https://" + host("nobody") + "/"))
                .version(version)
                .build();

        assertThat(client.send(request, BodyHandlers.ofString()).statusCode()).isEqualTo(404);
    }

    @Test
    void requestsByHttpAreSentToHttps() throws Exception {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("http://hello.rac.example:" + door.port() + "/a/b%20c?d=e&f"))
                .build();

        HttpResponse<String> response = client.send(request, BodyHandlers.ofString());

        assertThat(response.statusCode()).isEqualTo(308);
        assertThat(response.headers().firstValue("Location")).contains("https://" + host("hello") + "/a/b%20c?d=e&f");
    }

    @Test
    void localhostIsServedByHttpToo() throws Exception {
        try (var local = TestDoor.open(Map.of("RAC_TLS_PORT", "0", "RAC_DATA", data.toString()))) {
            local.target.deploy(TestApps.app("hello"), Behaviour.of(new WebProgram("hello")));

            assertThat(local.get("hello", "/request").body()).contains("X-forwarded-proto: http\n");
            assertThat(client.send(
                                    HttpRequest.newBuilder(local.proxy
                                                    .secureUri()
                                                    .orElseThrow()
                                                    .resolve("/v2/"))
                                            .build(),
                                    BodyHandlers.ofString())
                            .body())
                    .isEqualTo("services");
        }
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("https://" + host("hello") + path));
    }

    private String host(String app) {
        return app + ".rac.example:" + door.proxy.secureUri().orElseThrow().getPort();
    }

    private static SSLContext trusting(Path authority) throws Exception {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        try (var in = Files.newInputStream(authority)) {
            store.setCertificateEntry(
                    "authority", CertificateFactory.getInstance("X.509").generateCertificate(in));
        }
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }
}
