package dev.rac.stack;

import dev.rac.backup.BackupSettings;
import dev.rac.service.settings.Environment;
import java.net.URI;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/**
 * Settings of the local stack as a whole; those of its services are read by themselves.
 *
 * @param port the front door's HTTP port; clients and engines are told it, so it is fixed, 1 to 65535
 * @param tlsPort the front door's HTTPS port
 * @param domain the front door's own host
 * @param data the directory that keeps everything
 * @param s3 the registry's storage; empty: the embedded server
 * @param registryImage what to run where the machine has no registry binary
 */
public record StackSettings(
        int port,
        Optional<Integer> tlsPort,
        String domain,
        Path data,
        Optional<S3Settings> s3,
        BackupSettings backup,
        TargetSettings target,
        String registryImage,
        String searchPath) {

    public static StackSettings read(Environment environment) {
        return new StackSettings(
                environment.number("RAC_PORT", 8080, 1, 65_535),
                environment.find("RAC_TLS_PORT").map(set -> environment.number("RAC_TLS_PORT", 8443, 1, 65_535)),
                environment.text("RAC_DOMAIN", "localhost").toLowerCase(Locale.ROOT),
                environment.path("RAC_DATA", Path.of("data")),
                S3Settings.read(environment),
                BackupSettings.read(environment),
                TargetSettings.read(environment),
                environment.text("RAC_REGISTRY_IMAGE", RegistryProgram.DEFAULT_IMAGE),
                environment.text("PATH", "/usr/local/bin:/usr/bin:/bin"));
    }

    /** Where clients find the front door; without a port where it is the scheme's own. */
    public URI publicUrl() {
        return URI.create((tlsPort.isPresent() ? "https://" : "http://") + registryHost());
    }

    /** The registry's name in image references: the front door's host, with its port where it is not the scheme's. */
    public String registryHost() {
        int shown = tlsPort.orElse(port);
        int usual = tlsPort.isPresent() ? 443 : 80;
        return shown == usual ? domain : domain + ":" + shown;
    }
}
