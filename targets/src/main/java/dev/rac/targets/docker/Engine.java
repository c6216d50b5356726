package dev.rac.targets.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.model.Info;
import com.github.dockerjava.api.model.Version;
import com.github.dockerjava.core.DockerClientImpl;
import com.github.dockerjava.core.RemoteApiVersion;
import com.github.dockerjava.httpclient5.ApacheDockerHttpClient;
import com.github.dockerjava.transport.DockerHttpClient;
import dev.rac.targets.Platform;
import dev.rac.targets.TargetException;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/** A connection to one Docker Engine. Thread-safe. */
final class Engine implements AutoCloseable {
    private static final Duration CONNECT_LIMIT = Duration.ofSeconds(5);
    // A busy engine answers a ping within milliseconds, one that swaps within a second or two.
    private static final Duration ANSWER_LIMIT = Duration.ofSeconds(10);

    private final URI address;
    private final DockerClient client;
    private final Platform platform;
    private final int cpus;
    private final BoundedCalls calls;

    private Engine(URI address, DockerClient client, Platform platform, int cpus, BoundedCalls calls) {
        this.address = address;
        this.client = client;
        this.platform = platform;
        this.cpus = cpus;
        this.calls = calls;
    }

    /**
     * Connects, and agrees with the engine on the version of its API.
     *
     * @throws TargetException if no engine answers; the message says what to do
     */
    static Engine connect(URI address) {
        DockerHttpClient http = new FreshConnections(new ApacheDockerHttpClient.Builder()
                .dockerHost(address)
                .connectionTimeout(CONNECT_LIMIT)
                .build());
        var calls = new BoundedCalls();
        try {
            // Without a version in its path, so that every engine answers.
            DockerClient any =
                    DockerClientImpl.getInstance(new EngineConfig(address, RemoteApiVersion.unknown()), http);
            Version version = calls.within(ANSWER_LIMIT, "asking for its version", any.versionCmd()::exec);
            RemoteApiVersion common = ApiVersions.negotiate(
                    version.getApiVersion(),
                    Optional.ofNullable(version.getMinAPIVersion()).orElse(version.getApiVersion()));
            DockerClient client = DockerClientImpl.getInstance(new EngineConfig(address, common), http);
            Info info = calls.within(ANSWER_LIMIT, "asking for its CPUs", client.infoCmd()::exec);
            int cpus = Optional.ofNullable(info.getNCPU()).orElse(1);
            return new Engine(
                    address, client, new Platform(version.getOperatingSystem(), version.getArch()), cpus, calls);
        } catch (RuntimeException e) {
            calls.close();
            closeQuietly(http, e);
            throw new TargetException(silence(address, e), e);
        }
    }

    DockerClient client() {
        return client;
    }

    /** What images must be built for. */
    Platform platform() {
        return platform;
    }

    /** How many CPUs the engine's machine has. */
    int cpus() {
        return cpus;
    }

    /** Calls that must not take for ever. */
    BoundedCalls calls() {
        return calls;
    }

    /** Why the engine does not answer, or nothing. */
    Optional<String> problem() {
        try {
            calls.within(ANSWER_LIMIT, "a ping", client.pingCmd()::exec);
            return Optional.empty();
        } catch (RuntimeException e) {
            return Optional.of(silence(address, e));
        }
    }

    /**
     * Makes calls to the engine.
     *
     * @param what completes "cannot …"
     * @throws TargetException if the engine refuses or does not answer
     */
    <T> T ask(String what, Supplier<T> call) {
        try {
            return call.get();
        } catch (TargetException e) {
            throw e;
        } catch (RuntimeException e) {
            throw new TargetException("cannot " + what + ": " + EngineErrors.message(e), e);
        }
    }

    /** Makes calls without an answer; see {@link #ask}. */
    void tell(String what, Runnable call) {
        ask(what, () -> {
            call.run();
            return true;
        });
    }

    @Override
    public void close() {
        calls.close();
        try {
            client.close();
        } catch (IOException e) {
            throw new TargetException("cannot close the connection to " + address, e);
        }
    }

    private static String silence(URI address, RuntimeException error) {
        return "no Docker Engine answers at %s (%s): start it, let this user reach it, or set DOCKER_HOST"
                .formatted(address, EngineErrors.message(error));
    }

    private static void closeQuietly(DockerHttpClient http, RuntimeException because) {
        try {
            http.close();
        } catch (IOException e) {
            because.addSuppressed(e);
        }
    }
}
