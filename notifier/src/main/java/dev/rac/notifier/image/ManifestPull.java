package dev.rac.notifier.image;

import java.util.List;

/** {@code GET /v2/<name>/manifests/<digest>}: "Pulling manifests". */
record ManifestPull(String repository, String digest) implements RegistryOperation<Manifest> {
    // What Distribution takes at most.
    private static final long MAX_BYTES = 4 * 1024 * 1024;

    @Override
    public String path() {
        return "manifests/" + digest;
    }

    @Override
    public List<String> accept() {
        return MediaTypes.MANIFESTS;
    }

    @Override
    public long maxBytes() {
        return MAX_BYTES;
    }

    @Override
    public Manifest read(byte[] content) {
        return Manifest.parse(content);
    }
}
