package dev.rac.notifier.image;

/**
 * An image of which only the manifest was read: what platform it is for is not certain yet.
 *
 * @param digest of its manifest
 * @param configDigest of its configuration, which says what it is for
 */
public record ImageManifest(String repository, String digest, String configDigest) {}
