package dev.rac.notifier.image;

import dev.rac.notifier.event.References;
import dev.rac.service.json.Json;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * Lists what the registry has: repositories, their tags, and what a tag names (Distribution's API, "Listing
 * Repositories"; OCI Distribution Specification, "Listing Tags" and "Checking if content exists in the registry").
 * Thread-safe.
 */
public final class RegistryListing {
    // The most that Distribution gives at once; a smaller page would only make it walk its storage more often.
    private static final int PAGE_SIZE = 1000;
    // Distribution before 3 gives all tags at once: some 30,000 of the longest, or several times as many usual ones.
    private static final long MAX_LIST_BYTES = 4 * 1024 * 1024;
    private static final String CATALOGUE = "registry:catalog:*";

    private final HttpCaller http;
    private final RegistryAuthClient tokens;
    private final URI registry;

    /**
     * Makes it.
     *
     * @param http waits long enough for a registry that walks through a storage
     * @param registry where it answers {@code /v2/}
     */
    public RegistryListing(HttpCaller http, RegistryAuthClient tokens, URI registry) {
        this.http = http;
        this.tokens = tokens;
        this.registry = registry;
    }

    /**
     * A part of a list, in the registry's order.
     *
     * @param names at most what the registry gives at once
     * @param next after which name the next part begins; empty at the end
     */
    public record Page(List<String> names, Optional<String> next) {
        public Page {
            names = List.copyOf(names);
        }
    }

    /**
     * The repositories after one, from the first on after an empty name.
     *
     * @throws MissingException if the registry has no catalogue
     * @throws UnavailableException if the registry or registry-auth does not answer as it should
     */
    public Page repositories(String after) {
        Page page = page("/v2/_catalog", "repositories", CATALOGUE, after);
        return new Page(page.names().stream().filter(References::isRepository).toList(), page.next());
    }

    /**
     * The tags of a repository after one, from the first on after an empty name.
     *
     * @throws MissingException if the registry does not know the repository
     * @throws UnavailableException if the registry or registry-auth does not answer as it should
     */
    public Page tags(String repository, String after) {
        Page page = page("/v2/" + repository + "/tags/list", "tags", RegistryAuthClient.pull(repository), after);
        return new Page(page.names().stream().filter(References::isTag).toList(), page.next());
    }

    /**
     * The digest of the manifest or index that a tag names.
     *
     * @param known the digest that it named before: where it still does, the registry reads no manifest
     * @return nothing if the tag is not there any more, or names something that is no image
     * @throws UnavailableException if the registry or registry-auth does not answer as it should
     */
    public Optional<String> digest(String repository, String tag, Optional<String> known) {
        String path = "/v2/" + repository + "/manifests/" + tag;
        var request = HttpRequest.newBuilder(registry.resolve(path)).method("HEAD", BodyPublishers.noBody());
        MediaTypes.MANIFESTS.forEach(type -> request.header("Accept", type));
        known.ifPresent(digest -> request.header("If-None-Match", "\"" + digest + "\""));
        HttpCaller.Response response = send(request, RegistryAuthClient.pull(repository));
        return switch (response.status()) {
            case 200 ->
                response.header("Docker-Content-Digest")
                        .filter(digest -> References.isDigest(digest) && isManifest(response));
            case 304 -> known;
            case 404 -> Optional.empty();
            default -> throw unexpected(response, path);
        };
    }

    /** Forgets what is kept for a repository, of which nothing more will be asked for a while. */
    public void leave(String repository) {
        tokens.discard(RegistryAuthClient.pull(repository));
    }

    private Page page(String path, String field, String scope, String after) {
        String query = "?n=" + PAGE_SIZE
                + (after.isEmpty() ? "" : "&last=" + URLEncoder.encode(after, StandardCharsets.UTF_8));
        HttpCaller.Response response = send(HttpRequest.newBuilder(registry.resolve(path + query)), scope);
        if (response.status() == 404) {
            throw new MissingException("the registry has no " + path);
        }
        byte[] body =
                response.body().filter(bytes -> response.status() == 200).orElseThrow(() -> unexpected(response, path));
        List<String> names = names(body, field, path);
        boolean more = !names.isEmpty() && response.header("Link").isPresent();
        return new Page(names, more ? Optional.of(names.getLast()) : Optional.empty());
    }

    private static List<String> names(byte[] body, String field, String path) {
        JsonNode list;
        try {
            list = Json.MAPPER.readTree(body).path(field);
        } catch (JacksonException e) {
            throw new UnavailableException("the registry answered no JSON for " + path, e);
        }
        // A repository without any tags has null for them.
        if (!list.isArray() && !list.isNull()) {
            throw new UnavailableException("the registry answered without " + field + " for " + path);
        }
        var names = new ArrayList<String>();
        list.forEach(name -> names.add(name.asString("")));
        return names;
    }

    private HttpCaller.Response send(HttpRequest.Builder request, String scope) {
        HttpCaller.Response response = sendOnce(request, scope);
        if (response.status() == 401) {
            // The token may have been signed by a key that is no longer trusted: one more, freshly made.
            tokens.discard(scope);
            response = sendOnce(request, scope);
        }
        return response;
    }

    private HttpCaller.Response sendOnce(HttpRequest.Builder request, String scope) {
        HttpRequest authorized = request.setHeader("Authorization", "Bearer " + tokens.token(scope))
                .build();
        return http.send("the registry", authorized, MAX_LIST_BYTES);
    }

    private static boolean isManifest(HttpCaller.Response response) {
        String type = response.header("Content-Type").orElse("");
        int parameters = type.indexOf(';');
        return MediaTypes.MANIFESTS.contains((parameters < 0 ? type : type.substring(0, parameters)).strip());
    }

    private static UnavailableException unexpected(HttpCaller.Response response, String path) {
        return new UnavailableException("the registry answered " + response.status()
                + (response.body().isEmpty() ? " with more than " + MAX_LIST_BYTES + " bytes" : "") + " for " + path);
    }
}
