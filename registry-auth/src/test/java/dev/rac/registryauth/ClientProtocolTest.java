package dev.rac.registryauth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rac.service.json.Json;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Requests as the clients of registries write them, byte by byte, and what each of them needs in the answer. */
class ClientProtocolTest {
    private static final String PUSH = "repository:alice/own:pull,push";

    private static AuthServer server;
    private static String accessToken;
    private static String refreshToken;

    @BeforeAll
    static void start(@TempDir Path data) {
        server = AuthServer.start(data, "RAC_DOMAIN", "rac.test");
        String alice = server.signUp("alice");
        server.send("POST", "/claim", alice, Map.of("repository", "alice/own"));
        Map<String, Object> ci =
                Map.of("name", "ci", "repositories", List.of("alice/*"), "actions", List.of("pull", "push"));
        accessToken = server.send("POST", "/access-tokens", alice, ci).text("token");
        refreshToken = server.get("/token?offline_token=true", alice).text("refresh_token");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void dockerLogsInPushesAndPulls() throws Exception {
        // docker login: no scope, and a refresh token is wanted.
        Answer login = send("""
            GET /token?account=alice&client_id=docker&offline_token=true&service=rac.test HTTP/1.1
            Host: rac.test
            User-Agent: docker/27.3.1 go/go1.22.7 git-commit/ce12230 kernel/6.1 os/linux arch/amd64 \
            UpstreamClient(Docker-Client/27.3.1 \\(linux\\))
            Authorization: %s
            Accept-Encoding: gzip
            """.formatted(basic("alice", "alice-password")), "");
        assertThat(login.status()).isEqualTo(200);
        assertThat(login.text("refresh_token")).isNotEmpty();

        Answer push = send("""
            GET /token?account=alice&scope=repository%%3Aalice%%2Fown%%3Apull%%2Cpush&service=rac.test HTTP/1.1
            Host: rac.test
            User-Agent: docker/27.3.1
            Authorization: %s
            Accept-Encoding: gzip
            """.formatted(basic("alice", "alice-password")), "");
        assertGranted(push, PUSH);

        // A push that mounts a layer from elsewhere asks for two scopes.
        Answer mount = send("""
            GET /token?account=alice&scope=repository%%3Aalice%%2Fown%%3Apull%%2Cpush\
            &scope=repository%%3Ahello%%3Apull&service=rac.test HTTP/1.1
            Host: rac.test
            Authorization: %s
            """.formatted(basic("alice", "alice-password")), "");
        assertGranted(mount, PUSH + " repository:hello:pull");

        Answer anonymous = send("""
            GET /token?scope=repository%3Ahello%3Apull&service=rac.test HTTP/1.1
            Host: rac.test
            """, "");
        assertGranted(anonymous, "repository:hello:pull");
    }

    @Test
    void dockerWithAnAccessTokenKeepsIt() throws Exception {
        Answer login = send("""
            GET /token?account=alice&client_id=docker&offline_token=true&service=rac.test HTTP/1.1
            Host: rac.test
            Authorization: %s
            """.formatted(basic("alice", accessToken)), "");

        assertThat(login.status()).isEqualTo(200);
        // With a refresh token, the client would throw the access token away.
        assertThat(login.json().has("refresh_token")).isFalse();
    }

    @Test
    void mobyWithAnIdentityTokenPosts() throws Exception {
        Answer answer = post(
                """
                User-Agent: docker/27.3.1 go/go1.22.7
                Content-Type: application/x-www-form-urlencoded
                Accept-Encoding: gzip
                """,
                "client_id=docker&grant_type=refresh_token&refresh_token=" + refreshToken
                        + "&scope=repository%3Aalice%2Fown%3Apull%2Cpush&service=rac.test");

        assertGranted(answer, PUSH);
        assertThat(answer.text("refresh_token")).isEqualTo(refreshToken);
    }

    @Test
    void containerdAndK3sPostFirst() throws Exception {
        String body = "access_type=offline&client_id=containerd-client&grant_type=password&password=alice-password"
                + "&scope=repository%3Aalice%2Fown%3Apull&service=rac.test&username=alice";
        Answer answer = post("""
            User-Agent: containerd/v2.0.0
            Content-Type: application/x-www-form-urlencoded; charset=utf-8
            """, body);
        assertGranted(answer, "repository:alice/own:pull");
        assertThat(answer.text("refresh_token")).isNotEmpty();

        // On 401 they fall back to GET; anything else would end the pull.
        assertThat(post("""
            Content-Type: application/x-www-form-urlencoded; charset=utf-8
            """, body.replace("alice-password", "wrong-password")).status())
                .isEqualTo(401);
        // Without credentials they GET at once, without an account.
        assertGranted(send("""
            GET /token?scope=repository%3Ahello%3Apull&service=rac.test HTTP/1.1
            Host: rac.test
            User-Agent: containerd/v2.0.0
            """, ""), "repository:hello:pull");
        // With a refresh token, which it calls a secret without a user name.
        assertGranted(
                post(
                        """
                        Content-Type: application/x-www-form-urlencoded; charset=utf-8
                        """,
                        "client_id=containerd-client&grant_type=refresh_token&refresh_token=" + refreshToken
                                + "&scope=repository%3Aalice%2Fown%3Apull&service=rac.test"),
                "repository:alice/own:pull");
    }

    @Test
    void buildKitPostsForTheClient() throws Exception {
        Answer answer = post(
                """
                User-Agent: buildkit/v0.16
                Content-Type: application/x-www-form-urlencoded; charset=utf-8
                """,
                "client_id=buildkit-client&grant_type=password&password=" + accessToken
                        + "&scope=repository%3Aalice%2Fown%3Apull%2Cpush+repository%3Ahello%3Apull"
                        + "&service=rac.test&username=alice");

        // The access token is for what is alice's.
        assertGranted(answer, PUSH);
        assertThat(answer.json().has("refresh_token")).isFalse();
    }

    @Test
    void podmanSkopeoAndBuildahRepeatTheScopeInAForm() throws Exception {
        Answer posted = post(
                """
                User-Agent: containers/5.32 (github.com/containers/image)
                Content-Type: application/x-www-form-urlencoded
                """,
                "client_id=containers%2Fimage&grant_type=refresh_token&refresh_token=" + refreshToken
                        + "&scope=repository%3Aalice%2Fown%3Apull%2Cpush&scope=repository%3Ahello%3Apull&service=rac.test");
        assertGranted(posted, PUSH + " repository:hello:pull");

        Answer got = send("""
            GET /token?account=alice&scope=repository%%3Aalice%%2Fown%%3Apull%%2Cpush\
            &scope=repository%%3Ahello%%3Apull&service=rac.test HTTP/1.1
            Host: rac.test
            User-Agent: skopeo/1.16
            Authorization: %s
            """.formatted(basic("alice", "alice-password")), "");
        assertGranted(got, PUSH + " repository:hello:pull");
    }

    @Test
    void craneAndCosignSendAnEmptyService() throws Exception {
        Answer got = send("""
            GET /token?scope=repository%%3Aalice%%2Fown%%3Apush%%2Cpull&service= HTTP/1.1
            Host: rac.test
            User-Agent: crane/v0.20 go-containerregistry/v0.20
            Authorization: %s
            """.formatted(basic("alice", "alice-password")), "");
        assertGranted(got, "repository:alice/own:push,pull");

        Answer posted = post(
                """
                User-Agent: cosign/v2.4
                Content-Type: application/x-www-form-urlencoded
                """,
                "client_id=go-containerregistry&grant_type=refresh_token&refresh_token=" + refreshToken
                        + "&scope=repository%3Aalice%2Fown%3Apush%2Cpull&service=");
        assertGranted(posted, "repository:alice/own:push,pull");
    }

    @Test
    void kubernetesPullsWithTheSecretOfAnAccessToken() throws Exception {
        // The kubelet hands the user and the password of a pull secret to containerd, which posts them.
        assertGranted(
                post(
                        """
                        Content-Type: application/x-www-form-urlencoded; charset=utf-8
                        """,
                        "client_id=containerd-client&grant_type=password&password=" + accessToken
                                + "&scope=repository%3Aalice%2Fown%3Apull&service=rac.test&username=alice"),
                "repository:alice/own:pull");
    }

    @Test
    void theConformanceTestsOfOciSendTheScopesOfTheChallengeAsTheyAre() throws Exception {
        Answer answer = send("""
            GET /token?scope=repository:alice/own:pull,push%%20repository:hello:pull&service=rac.test HTTP/1.1
            Host: rac.test
            User-Agent: oci-conformance
            Authorization: %s
            """.formatted(basic("alice", "alice-password")), "");

        assertGranted(answer, PUSH + " repository:hello:pull");
    }

    @Test
    void aMachineSendsItsAccessTokenAsBearer() throws Exception {
        assertGranted(send("""
            GET /token?scope=repository:alice/own:pull&service=rac.test HTTP/1.1
            Host: rac.test
            authorization: bearer %s
            """.formatted(accessToken), ""), "repository:alice/own:pull");
    }

    /** Every client reads some of these, and some fail where one has another form. */
    private static void assertGranted(Answer answer, String access) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(answer.headers().get("content-type")).startsWith("application/json");
        assertThat(answer.headers().get("cache-control")).isEqualTo("no-store");
        JsonNode json = answer.json();
        assertThat(json.path("token").asString())
                .isNotEmpty()
                .isEqualTo(json.path("access_token").asString());
        assertThat(json.path("expires_in").isIntegralNumber()).isTrue();
        assertThat(json.path("expires_in").intValue()).isGreaterThanOrEqualTo(60);
        assertThat(Instant.parse(json.path("issued_at").asString())).isBeforeOrEqualTo(Instant.now());
        assertThat(AuthServer.access(json.path("token").asString())).isEqualTo(access);
    }

    private static String basic(String user, String password) {
        return AuthServer.basic(user, password);
    }

    private record Answer(int status, Map<String, String> headers, String body) {
        JsonNode json() {
            return Json.MAPPER.readTree(body);
        }

        String text(String field) {
            return json().path(field).asString("");
        }
    }

    private static Answer post(String headers, String body) throws IOException {
        return send(
                "POST /token HTTP/1.1\nHost: rac.test\n" + headers + "Content-Length: "
                        + body.getBytes(StandardCharsets.UTF_8).length + "\n",
                body);
    }

    private static Answer send(String head, String body) throws IOException {
        try (var socket =
                new Socket(InetAddress.getLoopbackAddress(), server.auth().uri().getPort())) {
            String request = head.replace("\n", "\r\n") + "Connection: close\r\n\r\n" + body;
            socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
            int end = answer.indexOf("\r\n\r\n");
            String[] lines = answer.substring(0, end).split("\r\n", -1);
            var headers = new HashMap<String, String>();
            for (int i = 1; i < lines.length; i++) {
                String[] header = lines[i].split(": ", 2);
                headers.put(header[0].toLowerCase(Locale.ROOT), header[1]);
            }
            return new Answer(
                    Integer.parseInt(lines[0].split(" ", -1)[1]), headers, body(headers, answer.substring(end + 4)));
        }
    }

    private static String body(Map<String, String> headers, String sent) throws IOException {
        String body = "chunked".equals(headers.get("transfer-encoding")) ? unchunked(sent) : sent;
        byte[] bytes = body.getBytes(StandardCharsets.ISO_8859_1);
        InputStream in = new ByteArrayInputStream(bytes);
        try (var decoded = "gzip".equals(headers.get("content-encoding")) ? new GZIPInputStream(in) : in) {
            return new String(decoded.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static String unchunked(String sent) {
        var body = new StringBuilder();
        String rest = sent;
        while (true) {
            int line = rest.indexOf("\r\n");
            int length = Integer.parseInt(rest.substring(0, line), 16);
            if (length == 0) {
                return body.toString();
            }
            body.append(rest, line + 2, line + 2 + length);
            rest = rest.substring(line + 2 + length + 2);
        }
    }
}
