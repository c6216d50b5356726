package dev.rac.notifier.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import dev.rac.notifier.ContentServer;
import dev.rac.notifier.TestImages;
import dev.rac.notifier.TokenServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RegistryListingTest {
    @TempDir
    Path directory;

    private final HttpCaller http = new HttpCaller(Duration.ofSeconds(5));
    private TokenServer tokens;
    private ContentServer registry;
    private RegistryListing listing;

    @BeforeEach
    void start() throws IOException {
        tokens = TokenServer.start(directory);
        registry = ContentServer.start();
        var auth =
                new RegistryAuthClient(http, tokens.uri(), TokenServer.SERVICE, TokenServer.SECRET, Clock.systemUTC());
        listing = new RegistryListing(http, auth, registry.uri());
    }

    @AfterEach
    void stop() {
        registry.close();
        tokens.close();
        http.close();
    }

    @Test
    void aListComesInPartsUntilTheRegistryNamesNoNext() {
        registry.intercept(exchange -> {
            String query = exchange.getRequestURI().getQuery();
            if (query.contains("last=b")) {
                return answer(exchange, "{\"repositories\": [\"c\"]}");
            }
            exchange.getResponseHeaders().set("Link", "</v2/_catalog?n=1000&last=b>; rel=\"next\"");
            return answer(exchange, "{\"repositories\": [\"a\", \"B!\", \"b\"]}");
        });

        RegistryListing.Page first = listing.repositories("");
        RegistryListing.Page second = listing.repositories(first.next().orElseThrow());

        assertThat(first.names()).containsExactly("a", "b");
        assertThat(second.names()).containsExactly("c");
        assertThat(second.next()).isEmpty();
        assertThat(tokens.requests()).singleElement().asString().endsWith("scope=registry%3Acatalog%3A*");
    }

    @Test
    void aRepositoryMayHaveNoTags() {
        registry.intercept(exchange -> answer(exchange, "{\"name\": \"hello\", \"tags\": null}"));

        assertThat(listing.tags("hello", "").names()).isEmpty();
    }

    @Test
    void aRepositoryThatTheRegistryDoesNotKnowIsMissing() {
        assertThatThrownBy(() -> listing.tags("hello", "")).isInstanceOf(MissingException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "<html>", "{}", "{\"tags\": \"latest\"}"})
    void anAnswerThatIsNoListIsNotTakenForAnEmptyOne(String body) {
        registry.intercept(exchange -> answer(exchange, body));

        assertThatThrownBy(() -> listing.tags("hello", "")).isInstanceOf(UnavailableException.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 403, 429, 500, 503})
    void anErrorIsNotTakenForAnEmptyList(int status) {
        registry.intercept(exchange -> ContentServer.answer(exchange, status));

        assertThatThrownBy(() -> listing.tags("hello", ""))
                .isInstanceOf(UnavailableException.class)
                .hasMessageContaining(String.valueOf(status));
        assertThatThrownBy(() -> listing.digest("hello", "latest", Optional.empty()))
                .isInstanceOf(UnavailableException.class);
    }

    @Test
    void aTagNamesADigest() {
        var manifest = registry.addImage("amd64", Map.of());
        registry.intercept(exchange -> head(exchange, TestImages.MANIFEST + "; charset=utf-8", manifest.digest()));

        assertThat(listing.digest("hello", "latest", Optional.empty())).contains(manifest.digest());
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/vnd.docker.distribution.manifest.v1+prettyjws", "text/plain", ""})
    void aTagThatNamesNoImageNamesNothing(String mediaType) {
        String digest = registry.addImage("amd64", Map.of()).digest();
        registry.intercept(exchange -> head(exchange, mediaType, digest));

        assertThat(listing.digest("hello", "latest", Optional.empty())).isEmpty();
    }

    @Test
    void aTagThatNamesWhatItDidIsNotRead() {
        String digest = registry.addImage("amd64", Map.of()).digest();
        registry.intercept(exchange -> ContentServer.answer(
                exchange,
                ("\"" + digest + "\"").equals(exchange.getRequestHeaders().getFirst("If-None-Match")) ? 304 : 500));

        assertThat(listing.digest("hello", "latest", Optional.of(digest))).contains(digest);
    }

    @Test
    void aTagThatIsGoneNamesNothing() {
        assertThat(listing.digest("hello", "latest", Optional.empty())).isEmpty();
    }

    @Test
    void aTokenThatIsNotTakenIsMadeAnewOnce() {
        var asked = new AtomicInteger();
        registry.intercept(exchange -> asked.incrementAndGet() == 1
                ? ContentServer.answer(exchange, 401)
                : answer(exchange, "{\"tags\": [\"latest\"]}"));

        assertThat(listing.tags("hello", "").names()).containsExactly("latest");
        assertThat(tokens.requests()).hasSize(2);
    }

    @Test
    void aRepositoryThatIsLeftHasNoTokenKept() {
        registry.intercept(exchange -> answer(exchange, "{\"tags\": []}"));
        listing.tags("hello", "");
        listing.tags("hello", "");
        assertThat(tokens.requests()).hasSize(1);

        listing.leave("hello");

        listing.tags("hello", "");
        assertThat(tokens.requests()).hasSize(2);
    }

    private static boolean answer(HttpExchange exchange, String body) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        try (exchange) {
            exchange.sendResponseHeaders(200, bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
            return true;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static boolean head(HttpExchange exchange, String mediaType, String digest) {
        exchange.getResponseHeaders().set("Content-Type", mediaType);
        exchange.getResponseHeaders().set("Docker-Content-Digest", digest);
        return ContentServer.answer(exchange, exchange.getRequestMethod().equals("HEAD") ? 200 : 405);
    }
}
