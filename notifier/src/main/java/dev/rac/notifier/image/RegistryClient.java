package dev.rac.notifier.image;

import dev.rac.targets.Platform;
import java.net.URI;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads images from the registry. Thread-safe. */
public final class RegistryClient {
    private final RegistryCaller caller;

    /**
     * Makes a client.
     *
     * @param registry where the registry answers {@code /v2/}
     */
    public RegistryClient(HttpCaller http, RegistryAuthClient tokens, URI registry) {
        caller = new RegistryCaller(http, tokens, registry);
    }

    /**
     * The image for a platform.
     *
     * @param digest of a manifest, or of an index
     * @throws NotAnImageException if it is another kind of artifact
     * @throws UnsuitableImageException if there is none for the platform, or it cannot be read
     * @throws MissingException if the registry does not have it
     * @throws UnavailableException if the registry or registry-auth does not answer as it should
     */
    public Image image(String repository, String digest, Platform platform) {
        return image(manifest(repository, digest, platform), platform);
    }

    /**
     * What the registry has for a platform, of which nothing but the manifest is read yet.
     *
     * @param digest of a manifest, or of an index
     * @throws NotAnImageException if it is another kind of artifact
     * @throws UnsuitableImageException if there is none for the platform, or it cannot be read
     * @throws MissingException if the registry does not have it
     * @throws UnavailableException if the registry or registry-auth does not answer as it should
     */
    public ImageManifest manifest(String repository, String digest, Platform platform) {
        return switch (caller.call(new ManifestPull(repository, digest))) {
            case Manifest.Single single -> manifest(repository, digest, single);
            case Manifest.Index index -> {
                String entry = entry(index, platform);
                yield switch (caller.call(new ManifestPull(repository, entry))) {
                    case Manifest.Single single -> manifest(repository, entry, single);
                    case Manifest.Index inner ->
                        throw new UnsuitableImageException("the index holds an index (" + entry + ") of "
                                + inner.entries().size() + " manifests: push the image's own index");
                };
            }
        };
    }

    /**
     * The image of a manifest.
     *
     * @throws UnsuitableImageException if it is for another platform, or cannot be read
     * @throws MissingException if the registry does not have it
     * @throws UnavailableException if the registry or registry-auth does not answer as it should
     */
    public Image image(ImageManifest manifest, Platform platform) {
        ImageConfig config = caller.call(new ConfigPull(manifest.repository(), manifest.configDigest()));
        if (!config.platform().equals(platform)) {
            throw new UnsuitableImageException("the image is for " + config.platform() + ", this target runs "
                    + platform + "; build it with --platform " + platform);
        }
        return new Image(manifest.digest(), config);
    }

    /**
     * The digests that a manifest goes by: its own and, of an index, those of its entries.
     *
     * @throws UnsuitableImageException if it cannot be read
     * @throws MissingException if the registry does not have it
     * @throws UnavailableException if the registry or registry-auth does not answer as it should
     */
    public Set<String> digests(String repository, String digest) {
        return switch (caller.call(new ManifestPull(repository, digest))) {
            case Manifest.Single single -> Set.of(digest);
            case Manifest.Index index ->
                Stream.concat(Stream.of(digest), index.entries().stream().map(Manifest.Entry::digest))
                        .collect(Collectors.toUnmodifiableSet());
        };
    }

    private static ImageManifest manifest(String repository, String digest, Manifest.Single manifest) {
        if (!MediaTypes.CONFIGS.contains(manifest.configMediaType())) {
            throw new NotAnImageException(
                    "it is not a container image: its configuration is \"" + manifest.configMediaType() + "\"");
        }
        return new ImageManifest(repository, digest, manifest.configDigest());
    }

    // An entry without a platform is allowed ("Image Index", platform is optional); its configuration says more.
    private static String entry(Manifest.Index index, Platform platform) {
        List<Manifest.Entry> entries = index.entries();
        return entries.stream()
                .filter(entry ->
                        entry.os().equals(platform.os()) && entry.architecture().equals(platform.architecture()))
                .findFirst()
                .or(() -> entries.stream()
                        .filter(entry ->
                                entry.os().isEmpty() && entry.architecture().isEmpty())
                        .findFirst())
                .map(Manifest.Entry::digest)
                .orElseThrow(() -> foreign(entries, platform));
    }

    private static UnsuitableImageException foreign(List<Manifest.Entry> entries, Platform platform) {
        String found = entries.stream()
                // Attestations are entries for "unknown/unknown".
                .filter(entry -> !entry.os().equals("unknown"))
                .map(entry -> entry.os() + "/" + entry.architecture())
                .distinct()
                .limit(20)
                .collect(Collectors.joining(", "));
        return new UnsuitableImageException("the image is for " + (found.isEmpty() ? "no platform" : found)
                + ", this target runs " + platform + "; build it with --platform " + platform);
    }
}
