package dev.rac.targets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;

/**
 * What tests of a {@link Target} need around them. All tests of a class share one target and one registry; each has an
 * app name of its own, {@link #name}. Nothing is left on the platform afterwards.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class TargetFixture {
    /** Long enough for the slowest platform to schedule, pull and start. */
    protected static final Duration PATIENCE = Duration.ofSeconds(60);

    /** How long nothing must happen before a test believes that it never will. */
    protected static final Duration QUIET = Duration.ofSeconds(3);

    /** A short drain, so that tests see its end. */
    public static final Updates UPDATES = new Updates("example.test", Duration.ofSeconds(5));

    private final HttpClient http = HttpClient.newHttpClient();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<Future<?>> removals = new ArrayList<>();

    protected final String namespace = "rac-test-" + random();
    protected TestRegistry registry;
    protected TestImages images;
    protected Target target;
    protected AppName name;

    private final TestPlatform platform;

    protected TargetFixture(TestPlatform platform) {
        this.platform = platform;
    }

    /** Connects to the platform as another process would: with nothing but the namespace in common. */
    protected final Target connect(String namespace) {
        return platform.connect(namespace);
    }

    /** Removes from the platform all that tests made in the namespace; it may not exist. */
    protected final void delete(String namespace) {
        platform.delete(namespace);
    }

    /** How many containers of the app run, as the platform itself says, past every adapter. */
    protected final int running(AppName name) {
        return platform.running(namespace, name);
    }

    /** What {@link Target#kind()} must say. */
    protected final String kind() {
        return platform.kind();
    }

    @BeforeAll
    final void start() {
        registry = TestRegistry.start();
        images = new TestImages(registry);
        target = connect(namespace);
    }

    @AfterAll
    final void stop() throws Exception {
        for (Future<?> removal : removals) {
            if (removal.isDone()) {
                removal.get();
            }
        }
        threads.shutdownNow();
        threads.close();
        http.close();
        if (target != null) {
            target.close();
        }
        delete(namespace);
        if (images != null) {
            images.close();
        }
        if (registry != null) {
            registry.close();
        }
        platform.close();
    }

    @BeforeEach
    final void nameApp() {
        name = new AppName("app-" + random());
    }

    // Ending takes longer than most tests, and nothing waits for it: the next one has another app.
    @AfterEach
    final void removeApp() {
        AppName ended = name;
        removals.add(threads.submit(() -> {
            target.remove(ended);
            target.removeVolumes(ended);
        }));
        await().atMost(PATIENCE).until(() -> target.find(ended).isEmpty());
    }

    /** Deploys with the right credential. */
    protected final App deploy(App app) {
        target.deploy(app, AppSecrets.of(registry.credential()));
        return app;
    }

    /** Wakes the test's app, which has one instance. */
    protected final Endpoint wake() {
        List<Endpoint> endpoints = target.wake(name, PATIENCE);
        assertThat(endpoints).hasSize(1);
        return endpoints.getFirst();
    }

    protected final AppState state() {
        return target.find(name).orElseThrow().state();
    }

    /** Fetches a page, trying until the app listens; without the last line's end. */
    protected final String get(Endpoint endpoint, String path) {
        HttpRequest request = request(endpoint, path);
        return await().atMost(Duration.ofSeconds(20)).ignoreExceptions().until(() -> fetch(request), body -> true);
    }

    /** Fetches a page, which must be answered at once. */
    protected final String fetchOnce(Endpoint endpoint, String path) {
        try {
            return fetch(request(endpoint, path));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static HttpRequest request(Endpoint endpoint, String path) {
        return HttpRequest.newBuilder(URI.create("http://" + endpoint.host() + ":" + endpoint.port() + path))
                .timeout(Duration.ofSeconds(5))
                .build();
    }

    private String fetch(HttpRequest request) throws IOException, InterruptedException {
        HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() != 200) {
            throw new IOException(request.uri() + " answered " + response.statusCode());
        }
        return response.body().strip();
    }

    protected static String random() {
        return HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextInt());
    }
}
