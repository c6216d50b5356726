package dev.rac.notifier.image;

/**
 * An image for one platform.
 *
 * @param digest of its manifest
 */
public record Image(String digest, ImageConfig config) {}
