package dev.rac.certs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What tells without reading them that files have been replaced: each replacement is a new file.
 *
 * @param stamps by file; none for one that is not there
 */
record FileStamps(List<Optional<Stamp>> stamps) {
    /**
     * What tells one file from its successor.
     *
     * @param key the inode, where the file system has such
     */
    record Stamp(@Nullable Object key, FileTime modified, long sizeBytes) {}

    /**
     * Looks at files.
     *
     * @throws CertificatesException if the file system does not say
     */
    static FileStamps of(List<Path> files) {
        return new FileStamps(files.stream().map(FileStamps::stamp).toList());
    }

    private static Optional<Stamp> stamp(Path file) {
        // An exception for each file that is not there would cost more than the look.
        if (Files.notExists(file)) {
            return Optional.empty();
        }
        try {
            var attributes = Files.readAttributes(file, BasicFileAttributes.class);
            return Optional.of(new Stamp(attributes.fileKey(), attributes.lastModifiedTime(), attributes.size()));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new CertificatesException("cannot look at " + file, e);
        }
    }
}
