package dev.rac.notifier.image;

import java.util.List;

/**
 * One operation of the registry's protocol (OCI Distribution Specification): what is asked, and how its answer is
 * read.
 *
 * @param <T> what it gives
 */
interface RegistryOperation<T> {
    String repository();

    /** Below {@code /v2/<repository>/}. */
    String path();

    /** The digest that the content must have. */
    String digest();

    /** The media types that are understood. */
    List<String> accept();

    long maxBytes();

    /** Reads the content, whose digest was found right. */
    T read(byte[] content);
}
