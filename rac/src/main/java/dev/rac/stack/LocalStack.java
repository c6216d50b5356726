package dev.rac.stack;

import dev.rac.edgeproxy.EdgeProxy;
import dev.rac.edgeproxy.EdgeProxySettings;
import dev.rac.notifier.Notifier;
import dev.rac.notifier.NotifierSettings;
import dev.rac.registryauth.RegistryAuth;
import dev.rac.registryauth.RegistryAuthSettings;
import dev.rac.service.metrics.Metrics;
import dev.rac.service.secret.SecretFile;
import dev.rac.service.settings.Environment;
import dev.rac.targets.Target;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Everything on one machine: wired in the order of its life, and ended in reverse by the {@link Lifecycle}.
 *
 * <p>Each service reads its settings as it does when it runs alone, from an environment in which the stack fills in
 * where the other parts are; those listen on the loopback address only.
 */
public final class LocalStack {
    private static final String LOOPBACK = "127.0.0.1";
    /** What registry-auth writes into its tokens (architecture: the issuer is always this). */
    private static final String ISSUER = "rac";

    private static final Duration SLEEP_TIMEOUT = Duration.ofSeconds(20);

    private final StackSettings settings;
    private final Map<String, String> environment;
    private final Lifecycle life;
    private final Timeline timeline;
    private final PrintStream out;
    private final Metrics metrics;

    private LocalStack(Map<String, String> environment, Lifecycle life, PrintStream out) {
        var reader = new Environment(environment);
        this.settings = StackSettings.read(reader);
        this.environment = new HashMap<>(environment);
        this.life = life;
        this.out = out;
        this.timeline = new Timeline(out, InstantSource.system());
        checkAll(reader);
        this.metrics = life.started(new Metrics());
    }

    /**
     * Starts everything; returns when a push would succeed.
     *
     * @param environment the process's environment variables
     * @param life takes every part that is started
     * @param out where the steps and their times are printed
     * @throws dev.rac.service.settings.InvalidSettingsException naming every wrong setting
     * @throws StackException if a part cannot start
     */
    public static void start(Map<String, String> environment, Lifecycle life, PrintStream out) {
        new LocalStack(environment, life, out).start();
    }

    // Every service's settings are read once before anything starts, so that one start reports all that is wrong.
    private void checkAll(Environment reader) {
        var probe = new HashMap<>(environment);
        probe.put("RAC_PORT", "0");
        // What is missing is made when they start.
        probe.putIfAbsent("RAC_SERVICE_SECRET", SecretFile.random());
        probe.putIfAbsent("RAC_NOTIFICATION_SECRET", SecretFile.random());
        probe.putAll(located("http://localhost", "http://localhost", "http://localhost", "checked"));
        var services = new Environment(probe);
        RegistryAuthSettings.read(services);
        NotifierSettings.read(services);
        EdgeProxySettings.read(services);
        reader.addErrors(services);
        reader.check();
    }

    private void start() {
        String bind = new Environment(environment).text("RAC_BIND", LOOPBACK);
        FreePort.check(bind, settings.port());
        settings.tlsPort().ifPresent(port -> FreePort.check(bind, port));
        var data = life.started(DataDirectory.open(settings.data()));
        String serviceSecret = secret("RAC_SERVICE_SECRET", data.resolve("service-secret"));
        String notificationSecret = secret("RAC_NOTIFICATION_SECRET", data.resolve("notification-secret"));
        environment.put("RAC_DATA", settings.data().toString());
        environment.put("RAC_SERVICE_SECRET", serviceSecret);
        environment.put("RAC_NOTIFICATION_SECRET", notificationSecret);
        // registry-auth, which starts before the registry, lists what is in it.
        String registryAddress = FreePort.on(LOOPBACK);
        environment.put("RAC_REGISTRY_URL", "http://" + registryAddress);

        // These three need nothing of each other, and each waits for something else.
        var storage = Branch.start(() -> storage(data));
        var signing = Branch.start(() -> timeline.step("registry-auth", this::registryAuth));
        var platform = Branch.start(() -> timeline.step("target", this::target));
        S3Settings s3 = storage.join();
        RegistryAuth auth = signing.join();
        Target target = platform.join();
        var notifier = timeline.step("notifier", () -> notifier(target, auth.uri(), registryAddress));
        var program = program(auth);
        timeline.step("registry: " + program.describe(), program::prepare);
        RegistryProcess registry = timeline.step(
                "registry",
                () -> registry(program, data, s3, registryAddress, auth, notifier.uri(), notificationSecret));
        auth.onNewAuthority(() -> RegistryPart.restart(registry, registryAddress));
        timeline.step("front door", () -> edgeProxy(target, auth.uri(), notifier.uri(), registryAddress));
        life.started(backups(auth, notifier));
        announce(target, auth, data);
    }

    private S3Settings storage(DataDirectory data) {
        S3Settings s3 = settings.s3().orElseGet(() -> timeline.step("embedded S3 server", () -> embeddedS3(data)));
        timeline.step("bucket " + s3, () -> {
            Bucket.ensure(s3);
            return s3;
        });
        return s3;
    }

    private Target target() {
        return life.started(TargetFinder.find(settings.target()));
    }

    private S3Settings embeddedS3(DataDirectory data) {
        return life.started(EmbeddedS3.start(data)).settings();
    }

    private RegistryAuth registryAuth() {
        return life.started(RegistryAuth.start(RegistryAuthSettings.read(inside()), metrics));
    }

    private Notifier notifier(Target target, URI auth, String registry) {
        environment.putAll(
                located("http://" + registry, auth.toString(), "http://" + LOOPBACK, settings.registryHost()));
        return life.started(Notifier.start(NotifierSettings.read(inside()), target, metrics));
    }

    private RegistryProgram program(RegistryAuth auth) {
        String container = settings.target().namespace() + "-registry-" + settings.port();
        return RegistryProgram.find(
                settings.searchPath(), settings.registryImage(), container, List.of(auth.certificateBundle()));
    }

    private RegistryProcess registry(
            RegistryProgram program,
            DataDirectory data,
            S3Settings s3,
            String address,
            RegistryAuth auth,
            URI notifier,
            String notificationSecret) {
        var config = new RegistryConfig(
                address,
                s3,
                settings.publicUrl().resolve("/token"),
                settings.domain(),
                ISSUER,
                auth.certificateBundle(),
                notifier.resolve("/notifications"),
                notificationSecret,
                RegistryPart.httpSecret(data));
        return RegistryPart.start(program, config, data, life);
    }

    private EdgeProxy edgeProxy(Target target, URI auth, URI notifier, String registry) {
        var outside = new HashMap<>(environment);
        outside.putAll(located("http://" + registry, auth.toString(), notifier.toString(), settings.registryHost()));
        var edge = life.started(EdgeProxy.start(EdgeProxySettings.read(new Environment(outside)), target, metrics));
        // Nobody can reach an app without its front door, so none stays awake behind it.
        life.started(() -> {
            out.println("ending: puts the apps to sleep, each with ten seconds to stop by itself");
            edge.sleepAll(SLEEP_TIMEOUT);
        });
        return edge;
    }

    private AutoCloseable backups(RegistryAuth auth, Notifier notifier) {
        boolean embedded = RegistryAuthSettings.read(inside()).database().isEmbedded();
        var backups = new StackBackups(
                settings, Map.of("registry-auth", auth::copyDatabase, "notifier", notifier::copyDatabase), embedded);
        out.println(backups.describe());
        return backups.start();
    }

    private Map<String, String> located(String registry, String auth, String notifier, String registryHost) {
        return Map.of(
                "RAC_REGISTRY_URL", registry,
                "RAC_AUTH_URL", auth,
                "RAC_NOTIFIER_URL", notifier,
                "RAC_REGISTRY_HOST", registryHost,
                "RAC_PUBLIC_URL", settings.publicUrl().toString());
    }

    private Environment inside() {
        var inside = new HashMap<>(environment);
        inside.put("RAC_BIND", LOOPBACK);
        inside.put("RAC_PORT", "0");
        return new Environment(inside);
    }

    private String secret(String name, Path file) {
        return new Environment(environment).find(name).orElseGet(() -> SecretFile.readOrCreate(file));
    }

    private void announce(Target target, RegistryAuth auth, DataDirectory data) {
        out.println("apps run on " + target.kind() + " (" + target.platform() + ")");
        auth.newAdminPassword()
                .ifPresent(password -> out.println("administrator: user admin, password " + password
                        + " (shown this once, kept in " + data.resolve("admin-password") + ")"));
        out.println("ready: " + settings.publicUrl());
        out.flush();
    }
}
