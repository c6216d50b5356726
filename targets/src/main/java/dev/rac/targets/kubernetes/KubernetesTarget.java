package dev.rac.targets.kubernetes;

import dev.rac.targets.App;
import dev.rac.targets.AppLocks;
import dev.rac.targets.AppName;
import dev.rac.targets.AppSecrets;
import dev.rac.targets.AppStatus;
import dev.rac.targets.Endpoint;
import dev.rac.targets.Failure;
import dev.rac.targets.LogLine;
import dev.rac.targets.Platform;
import dev.rac.targets.Target;
import dev.rac.targets.TargetException;
import dev.rac.targets.UnknownAppException;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * Apps on a Kubernetes cluster, a Deployment each: of no replicas it is asleep. Reads go to the API server; wakes and
 * watches go by what informers hold.
 */
public final class KubernetesTarget implements Target {
    // A claim goes when the object of the last pod that had it is gone: many seconds after its process.
    private static final Duration VOLUME_PATIENCE = Duration.ofMinutes(2);

    private final KubernetesClient client;
    private final ApiErrors errors;
    private final Platform platform;
    private final Secrets secrets;
    private final Claims claims;
    private final Handovers handovers;
    private final Deployer deployer;
    private final PodLogFollower follower;
    private final ApiObjects objects;
    private final Informers informers;
    private final PodLog log;
    private final Waker waker;
    private final Sleeper sleeper;
    private final InstantSource clock;
    private final AppLocks locks = new AppLocks();
    private final Set<Subscription> subscriptions = ConcurrentHashMap.newKeySet();

    private KubernetesTarget(
            KubernetesClient client, ApiErrors errors, KubernetesSettings settings, InstantSource clock) {
        this.client = client;
        this.errors = errors;
        this.clock = clock;
        String namespace = settings.namespace();
        objects = new ApiObjects(client, namespace, errors);
        var setup = new ClusterSetup(client, errors);
        setup.ensureNamespace(namespace);
        objects.apply(NetworkPolicies.apps());
        platform = setup.platform();
        var manifests = new Manifests(settings, platform);
        secrets = new Secrets(client, namespace, objects, errors, manifests);
        claims = new Claims(client, namespace, objects, errors);
        follower = new PodLogFollower(client, namespace, objects, errors);
        informers = new Informers(client, namespace);
        log = new PodLog(client, namespace);
        waker = new Waker(objects, informers, log, locks, clock);
        sleeper = new Sleeper(objects, informers);
        handovers = new Handovers(objects, informers, settings.updates().drainTimeout());
        var answer = new Answer(informers, log, settings.updates(), clock);
        var rollout = new Rollout(objects, manifests, secrets, handovers, sleeper, waker, answer, locks);
        var images = new ImagePull(client, namespace, platform, errors);
        deployer = new Deployer(objects, manifests, secrets, claims, images, handovers, rollout, sleeper, locks);
    }

    /**
     * Connects to a cluster, creates the namespace and its network policy if they are not there, and learns what runs.
     *
     * @throws TargetException if the API server does not answer, or refuses
     */
    public static KubernetesTarget connect(KubernetesSettings settings) {
        var client =
                new KubernetesClientBuilder().withConfig(settings.cluster()).build();
        try {
            var errors = new ApiErrors(settings.cluster().getMasterUrl());
            errors.call("connect", client::getKubernetesVersion);
            var target = new KubernetesTarget(client, errors, settings, InstantSource.system());
            errors.call("watch the apps", () -> {
                target.informers.start();
                return true;
            });
            target.handovers.resume();
            return target;
        } catch (RuntimeException e) {
            client.close();
            throw e;
        }
    }

    @Override
    public String kind() {
        return "kubernetes";
    }

    @Override
    public Platform platform() {
        return platform;
    }

    @Override
    public Optional<String> problem() {
        try {
            client.getKubernetesVersion();
            return Optional.empty();
        } catch (KubernetesClientException e) {
            return Optional.of(errors.message("connect", e));
        }
    }

    @Override
    public void deploy(App app, AppSecrets secrets) {
        deployer.deploy(app, secrets);
    }

    @Override
    public List<Endpoint> wake(AppName name, Duration timeout) {
        return waker.wake(name, timeout);
    }

    // A paused process in a pod is none of Kubernetes' business: no API does it.
    @Override
    public boolean freezes() {
        return false;
    }

    @Override
    public boolean freeze(AppName name) {
        if (find(name).isEmpty()) {
            throw new UnknownAppException(name);
        }
        return false;
    }

    @Override
    public OptionalLong memory(AppName name) {
        return OptionalLong.empty();
    }

    @Override
    public void sleep(AppName name) {
        locks.locked(name, () -> {
            requireApp(name);
            sleeper.stop(name, Optional.empty());
        });
    }

    @Override
    public void fail(App app, String reason) {
        AppName name = app.name();
        locks.locked(name, () -> {
            AppView view = requireApp(name);
            if (view.app().isSameRevisionAs(app)) {
                sleeper.stop(name, Optional.of(failure(view, reason)));
            }
        });
    }

    @Override
    public void remove(AppName name) {
        locks.locked(name, () -> {
            // First: without a Deployment, nobody would come back for them.
            secrets.delete(name);
            objects.delete(name).ifPresent(uid -> sleeper.awaitRemoval(name, uid));
        });
    }

    @Override
    public void removeVolumes(AppName name) {
        locks.locked(name, () -> {
            if (find(name).isPresent()) {
                throw new TargetException("the volumes of " + name + " are in use; remove the app first");
            }
            claims.delete(name, VOLUME_PATIENCE);
        });
    }

    @Override
    public void followLog(AppName name, String instance, Optional<Instant> since, Consumer<LogLine> lines) {
        follower.follow(name, instance, since, lines);
    }

    @Override
    public void removeImages(String repository, Set<String> kept) {
        // The kubelet does, when its disk fills up.
    }

    @Override
    public List<AppStatus> apps() {
        return objects.views().stream()
                .map(AppView::status)
                .sorted(Comparator.comparing(status -> status.app().name().value()))
                .toList();
    }

    @Override
    public Optional<AppStatus> find(AppName name) {
        return objects.view(name).map(AppView::status);
    }

    @Override
    public Watch watch(Watcher watcher) {
        var subscription = Subscription.open(informers, watcher);
        subscriptions.add(subscription);
        return () -> {
            subscription.close();
            subscriptions.remove(subscription);
        };
    }

    @Override
    public void close() {
        subscriptions.forEach(Subscription::close);
        handovers.close();
        informers.close();
        client.close();
    }

    private AppView requireApp(AppName name) {
        return objects.view(name).orElseThrow(() -> new UnknownAppException(name));
    }

    /** The failure to record: the facts of the pod that failed or, if none has, of one that runs. */
    private Failure failure(AppView view, String reason) {
        Optional<Pod> failed = view.livePods().stream()
                .filter(pod -> PodFailure.of(pod).isPresent())
                .findFirst();
        Optional<Pod> pod = failed.or(() -> view.livePods().stream().findFirst());
        if (pod.isEmpty() && view.recordedFailure().isPresent()) {
            // Nothing ran since: its facts are still those recorded.
            Failure recorded = view.recordedFailure().orElseThrow();
            return new Failure(reason, recorded.exitCode(), recorded.at(), recorded.logLines());
        }
        return new Failure(
                reason,
                pod.flatMap(PodFailure::exitCode),
                failed.flatMap(PodFailure::of).map(own -> own.failure().at()).orElseGet(clock::instant),
                pod.map(log::lastLines).orElse(List.of()));
    }
}
