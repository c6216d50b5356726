package dev.rac.bench.edgeproxy;

import dev.rac.bench.process.FreePort;
import dev.rac.bench.process.ProcessException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** nginx and HAProxy as whoever wants them fast sets them up: kept connections on both sides, no log, two threads. */
final class Peers {
    private static final List<Path> PROGRAMS =
            List.of(Path.of("/usr/sbin"), Path.of("/usr/bin"), Path.of("/usr/local/sbin"));

    private Peers() {}

    /** Whether both are installed. */
    static boolean installed() {
        return Stream.of("nginx", "haproxy").allMatch(name -> find(name).isPresent());
    }

    /** An nginx that answers {@code /small} with 36 bytes and {@code /large} with 100,000, itself. */
    static NativeServer origin(Path directory) {
        int port = FreePort.find();
        write(directory.resolve("large"), "x".repeat(100_000));
        return nginx(directory, port, 1, """
                server {
                    listen 127.0.0.1:%d backlog=4096;
                    root %s;
                    location = /small { return 200 "hello from the origin, 36 bytes long"; }
                }
                """.formatted(port, directory));
    }

    static NativeServer nginx(Path directory, NativeServer origin) {
        int port = FreePort.find();
        return nginx(directory, port, 2, """
                upstream origin { server 127.0.0.1:%d; keepalive 512; keepalive_requests 1000000; }
                server {
                    listen 127.0.0.1:%d backlog=4096;
                    location / {
                        proxy_pass http://origin;
                        proxy_http_version 1.1;
                        proxy_set_header Connection "";
                        proxy_set_header Host $http_host;
                        proxy_set_header X-Forwarded-For $remote_addr;
                        proxy_set_header X-Forwarded-Proto $scheme;
                    }
                }
                """.formatted(origin.port(), port));
    }

    private static NativeServer nginx(Path directory, int port, int workers, String servers) {
        Path file = write(directory.resolve("nginx.conf"), """
                daemon off;
                %sworker_processes %d;
                pid %3$s/nginx.pid;
                error_log stderr;
                events { worker_connections 8192; }
                http {
                    access_log off;
                    sendfile on;
                    keepalive_requests 1000000;
                    client_body_temp_path %3$s/body;
                    proxy_temp_path %3$s/proxy;
                    fastcgi_temp_path %3$s/fastcgi;
                    uwsgi_temp_path %3$s/uwsgi;
                    scgi_temp_path %3$s/scgi;
                %4$s}
                """.formatted(user(), workers, directory, servers));
        return NativeServer.start(
                List.of(program("nginx"), "-p", directory.toString(), "-c", file.toString()),
                port,
                directory.resolve("nginx.log"));
    }

    /** Started by root, nginx would read its files as somebody who may not. */
    private static String user() {
        return "root".equals(System.getProperty("user.name")) ? "user root;\n" : "";
    }

    static NativeServer haproxy(Path directory, NativeServer origin) {
        int port = FreePort.find();
        Path file = write(directory.resolve("haproxy.cfg"), """
                global
                  nbthread 2
                  maxconn 8192
                defaults
                  mode http
                  timeout connect 5s
                  timeout client 60s
                  timeout server 60s
                  option forwardfor
                  http-reuse always
                frontend door
                  bind 127.0.0.1:%d backlog 4096
                  http-request set-header X-Forwarded-Proto http
                  default_backend origin
                backend origin
                  server origin 127.0.0.1:%d
                """.formatted(port, origin.port()));
        return NativeServer.start(
                List.of(program("haproxy"), "-db", "-f", file.toString()), port, directory.resolve("haproxy.log"));
    }

    private static String program(String name) {
        return find(name)
                .orElseThrow(() -> new ProcessException(name + " is not installed"))
                .toString();
    }

    private static Optional<Path> find(String name) {
        return PROGRAMS.stream()
                .map(directory -> directory.resolve(name))
                .filter(Files::isExecutable)
                .findFirst();
    }

    private static Path write(Path file, String text) {
        try {
            Files.createDirectories(file.getParent());
            return Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
