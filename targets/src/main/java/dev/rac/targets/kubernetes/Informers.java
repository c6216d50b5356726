package dev.rac.targets.kubernetes;

import dev.rac.targets.AppName;
import dev.rac.targets.TargetException;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Informable;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.fabric8.kubernetes.client.informers.cache.BasicItemStore;
import io.fabric8.kubernetes.client.informers.cache.Cache;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The cluster's Deployments and pods of apps, kept in memory by two watches, and a wait for them to change. After a lost
 * connection the watches catch up by themselves. Thread-safe.
 */
final class Informers implements AutoCloseable {
    private static final String BY_APP = "app";
    // A signal tells when to look again; should one be missed, this does.
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(1);

    private final String namespace;
    private final SharedIndexInformer<Deployment> deployments;
    private final SharedIndexInformer<Pod> pods;
    private final ConcurrentMap<AppName, CompletableFuture<Void>> signals = new ConcurrentHashMap<>();
    private final List<Consumer<AppName>> listeners = new CopyOnWriteArrayList<>();
    private volatile boolean closed;

    Informers(KubernetesClient client, String namespace) {
        this.namespace = namespace;
        var labels = Map.of(Names.MANAGED_BY, Names.RAC);
        deployments =
                informer(client.apps().deployments().inNamespace(namespace).withLabels(labels));
        pods = informer(client.pods().inNamespace(namespace).withLabels(labels));
    }

    /** Returns when both hold what the cluster has. */
    void start() {
        deployments.run();
        pods.run();
    }

    Optional<Deployment> deployment(AppName app) {
        return Optional.ofNullable(
                deployments.getIndexer().getByKey(Cache.namespaceKeyFunc(namespace, Names.deployment(app))));
    }

    List<Pod> pods(AppName app) {
        return pods.getIndexer().byIndex(BY_APP, app.value());
    }

    Optional<AppView> view(AppName app) {
        return deployment(app).flatMap(deployment -> AppView.of(deployment, pods(app)));
    }

    /** As {@link #view}, but of the Deployment's own revision, even while the last one serves. */
    Optional<AppView> wanted(AppName app) {
        return deployment(app).flatMap(deployment -> AppView.wanted(deployment, pods(app)));
    }

    List<AppView> views() {
        return deployments.getStore().list().stream()
                .flatMap(deployment -> Names.appOf(deployment).stream())
                .flatMap(app -> view(app).stream())
                .toList();
    }

    /** Whether what is held of an app's Deployment is no older than this version; also where it was removed since. */
    boolean hasReached(AppName app, String version) {
        return deployment(app)
                .map(deployment -> deployment.getMetadata().getResourceVersion())
                .or(() -> Optional.ofNullable(deployments.lastSyncResourceVersion()))
                .filter(seen -> ResourceVersions.reached(seen, version))
                .isPresent();
    }

    /**
     * Waits until the check gives a result, looking again whenever something of the app changes.
     *
     * @return nothing if the deadline passed before
     */
    <T> Optional<T> await(AppName app, Deadline deadline, Supplier<Optional<T>> check) {
        while (true) {
            // Taken before the look, so that a change during the look is not missed.
            CompletableFuture<Void> signal = signals.computeIfAbsent(app, absent -> new CompletableFuture<>());
            if (closed) {
                throw new TargetException("stopped while waiting for " + app + ": the connection was closed");
            }
            Optional<T> result = check.get();
            Duration left = deadline.left();
            if (result.isPresent() || !left.isPositive()) {
                return result;
            }
            awaitSignal(app, signal, left.compareTo(LOOK_AGAIN) < 0 ? left : LOOK_AGAIN);
        }
    }

    /** Waits, as {@link #await}, until the condition holds; false if the deadline passed before. */
    boolean awaitTrue(AppName app, Deadline deadline, BooleanSupplier condition) {
        return await(app, deadline, () -> condition.getAsBoolean() ? Optional.of(true) : Optional.empty())
                .isPresent();
    }

    /** The listener hears the name of each app of which something changed. It must not block. */
    void listen(Consumer<AppName> listener) {
        listeners.add(listener);
    }

    void forget(Consumer<AppName> listener) {
        listeners.remove(listener);
    }

    @Override
    public void close() {
        closed = true;
        deployments.close();
        pods.close();
        signals.values().forEach(signal -> signal.complete(null));
    }

    private <T extends HasMetadata> SharedIndexInformer<T> informer(Informable<T> objects) {
        Function<T, List<String>> byApp = object -> List.of(Names.label(object, Names.APP_NAME));
        return objects.runnableInformer(0)
                .itemStore(new LeanStore<>())
                .removeNamespaceIndex()
                .addIndexers(Map.of(BY_APP, byApp))
                // Once started never give up: nobody would start it again.
                .exceptionHandler((started, problem) -> started)
                .addEventHandler(new Signaller<>());
    }

    private void changed(HasMetadata object) {
        Names.appOf(object).ifPresent(this::changed);
    }

    private void changed(AppName app) {
        CompletableFuture<Void> signal = signals.remove(app);
        if (signal != null) {
            signal.complete(null);
        }
        listeners.forEach(listener -> listener.accept(app));
    }

    private static void awaitSignal(AppName app, CompletableFuture<Void> signal, Duration timeout) {
        try {
            signal.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            // The caller looks at its deadline.
        } catch (ExecutionException e) {
            throw new IllegalStateException("signals never fail", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TargetException("interrupted while waiting for " + app, e);
        }
    }

    /** Drops what nobody here reads and what takes half the room. */
    private static final class LeanStore<T extends HasMetadata> extends BasicItemStore<T> {
        LeanStore() {
            super(Cache::metaNamespaceKeyFunc);
        }

        @Override
        public T put(String key, T object) {
            object.getMetadata().setManagedFields(List.of());
            return super.put(key, object);
        }
    }

    private final class Signaller<T extends HasMetadata> implements ResourceEventHandler<T> {
        @Override
        public void onAdd(T object) {
            changed(object);
        }

        @Override
        public void onUpdate(T before, T object) {
            changed(object);
        }

        @Override
        public void onDelete(T object, boolean finalStateUnknown) {
            changed(object);
        }
    }
}
