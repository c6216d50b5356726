package dev.rac.backup;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/** A zip file of what is to be restored, by its path below the data directory. Not thread-safe. */
final class Archive implements Closeable {
    // What RAC itself makes: at most one directory deep, and no way out of it.
    private static final Pattern NAME = Pattern.compile("([a-z0-9][a-z0-9.-]*/)?[a-z0-9][a-z0-9.-]*");
    private static final String PARTIAL = ".tmp";
    // Whoever closes a file gives up the locks that his process has on it (POSIX, fcntl).
    private static final String LOCK = ".lock";

    private final ZipOutputStream zip;

    Archive(OutputStream out) {
        zip = new ZipOutputStream(out);
    }

    /** Adds a file, or each file of a directory; what is not there is left out. */
    void add(Path data, String name) throws IOException {
        Path path = data.resolve(name);
        if (Files.isDirectory(path)) {
            try (Stream<Path> files = Files.list(path)) {
                for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                    add(data, name + "/" + file.getFileName());
                }
            }
        } else if (Files.isRegularFile(path) && !name.endsWith(PARTIAL) && !name.endsWith(LOCK)) {
            zip.putNextEntry(new ZipEntry(name));
            Files.copy(path, zip);
        }
    }

    /** Adds what is in another zip file. */
    void addAll(Path other) throws IOException {
        try (var entries = new ZipFile(other.toFile())) {
            for (ZipEntry entry : entries.stream().toList()) {
                zip.putNextEntry(new ZipEntry(entry.getName()));
                try (InputStream content = entries.getInputStream(entry)) {
                    content.transferTo(zip);
                }
            }
        }
    }

    @Override
    public void close() throws IOException {
        zip.close();
    }

    /**
     * Writes every file of an archive below a directory, for its owner only.
     *
     * @return their paths below it
     */
    static List<String> extract(InputStream archive, Path directory) throws IOException {
        var names = Stream.<String>builder();
        var zip = new ZipInputStream(archive);
        for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
            String name = entry.getName();
            if (!NAME.matcher(name).matches()) {
                throw new BackupException("the backup has a file \"" + name + "\", which RAC does not make");
            }
            Path file = directory.resolve(name);
            Files.createDirectories(file.getParent());
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.copy(zip, file, StandardCopyOption.REPLACE_EXISTING);
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
            names.add(name);
        }
        // The end of the encrypted stream is proof that nothing is missing.
        archive.transferTo(OutputStream.nullOutputStream());
        return names.build().toList();
    }
}
