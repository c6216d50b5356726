package dev.rac.notifier.image;

import java.util.List;

/** {@code GET /v2/<name>/blobs/<digest>} of an image's configuration: "Pulling blobs". */
record ConfigPull(String repository, String digest) implements RegistryOperation<ImageConfig> {
    // A configuration of a few kilobytes is usual; its history and labels may be long.
    private static final long MAX_BYTES = 4 * 1024 * 1024;

    @Override
    public String path() {
        return "blobs/" + digest;
    }

    @Override
    public List<String> accept() {
        return List.of("*/*");
    }

    @Override
    public long maxBytes() {
        return MAX_BYTES;
    }

    @Override
    public ImageConfig read(byte[] content) {
        return ImageConfig.parse(content);
    }
}
