package dev.rac.notifier.image;

/**
 * An image for one platform, of which only the manifest was read.
 *
 * @param digest of its manifest
 * @param configDigest of its configuration, which says what it is for
 */
public record ImageManifest(String repository, String digest, String configDigest) {}
