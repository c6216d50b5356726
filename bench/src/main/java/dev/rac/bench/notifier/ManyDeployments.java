package dev.rac.bench.notifier;

import dev.rac.bench.document.Numbers;
import dev.rac.bench.document.Table;
import dev.rac.bench.figure.Figure;
import dev.rac.bench.plan.Effort;
import dev.rac.bench.plan.Workplace;
import dev.rac.bench.stack.Stopwatch;
import dev.rac.targets.App;
import dev.rac.targets.AppJson;
import dev.rac.targets.AppName;
import dev.rac.targets.Updates;
import dev.rac.targets.kubernetes.KubernetesSettings;
import dev.rac.targets.kubernetes.KubernetesTarget;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** What very many sleeping apps cost against an API server alone: their Deployments have no pods. */
final class ManyDeployments {
    private static final String NAMESPACE = "rac-bench";
    private static final int LOOKS = 5;
    private static final String DIGEST = "sha256:" + "0".repeat(64);

    private ManyDeployments() {}

    /** What was found with so many; times in milliseconds. */
    private record Found(Figure look, Figure listing, Figure ratio, double connect, long heapBytes) {}

    static String measure(Workplace place) {
        Optional<KubernetesSettings> settings = Optional.ofNullable(System.getenv("KUBECONFIG"))
                .flatMap(file -> KubernetesSettings.discover(
                        NAMESPACE,
                        Optional.empty(),
                        new Updates("localhost", Updates.DEFAULT_DRAIN_TIMEOUT),
                        Optional.of(Path.of(file))));
        if (settings.isEmpty()) {
            return "Not measured: Deployments on Kubernetes, for KUBECONFIG is not set.\n\n";
        }
        boolean full = place.effort().equals(Effort.FULL);
        int few = full ? 500 : 50;
        int many = full ? 5000 : 200;
        try (KubernetesClient client = new KubernetesClientBuilder()
                .withConfig(settings.get().cluster())
                .build()) {
            try {
                place.progress().now("notifier: " + few + " Deployments");
                // Makes the namespace.
                KubernetesTarget.connect(settings.get()).close();
                create(client, 0, few);
                Found first = found(settings.get(), client);
                place.progress().now("notifier: " + many + " Deployments");
                create(client, few, many);
                Found second = found(settings.get(), client);
                return "The API server is asked for the same objects, whose text is thrown away.\n\n"
                        + new Table("sleeping apps on Kubernetes", Integer.toString(few), Integer.toString(many))
                                .row(
                                        "the API server's own listing, ms",
                                        Numbers.of(first.listing()),
                                        Numbers.of(second.listing()))
                                .row(
                                        "all apps with their states, ms",
                                        Numbers.of(first.look()),
                                        Numbers.of(second.look()))
                                .row("**to the listing: at most 3**", verdict(first), verdict(second))
                                .row(
                                        "connecting, with two watches that know all of them, ms",
                                        Numbers.of(first.connect()),
                                        Numbers.of(second.connect()))
                                .row(
                                        "live heap that the watches keep",
                                        Numbers.mebibytes(first.heapBytes()),
                                        Numbers.mebibytes(second.heapBytes()));
            } finally {
                client.namespaces().withName(NAMESPACE).delete();
            }
        }
    }

    private static Found found(KubernetesSettings settings, KubernetesClient client) {
        long before = liveHeap();
        var connecting = new Stopwatch();
        try (var target = KubernetesTarget.connect(settings)) {
            double connect = connecting.millis();
            long heap = liveHeap() - before;
            var looks = new ArrayList<Double>();
            var listings = new ArrayList<Double>();
            for (int i = 0; i < LOOKS + 1; i++) {
                double listing = Stopwatch.millis(() -> list(client));
                double look = Stopwatch.millis(target::apps);
                if (i > 0) {
                    listings.add(listing);
                    looks.add(look);
                }
            }
            return new Found(
                    Figure.of(looks), Figure.of(listings), Figure.ratio(looks, listings), connect, Math.max(0, heap));
        }
    }

    private static int list(KubernetesClient client) {
        String selector = "?labelSelector=app.kubernetes.io%2Fmanaged-by%3Drac";
        return client.raw("/apis/apps/v1/namespaces/" + NAMESPACE + "/deployments" + selector)
                        .length()
                + client.raw("/api/v1/namespaces/" + NAMESPACE + "/pods" + selector)
                        .length();
    }

    private static long liveHeap() {
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }

    private static void create(KubernetesClient client, int from, int to) {
        IntStream.range(from, to)
                .parallel()
                .forEach(i -> client.apps()
                        .deployments()
                        .inNamespace(NAMESPACE)
                        .resource(deployment("app-" + i).build())
                        .create());
    }

    private static DeploymentBuilder deployment(String name) {
        var labels = Map.of("app.kubernetes.io/managed-by", "rac", "app.kubernetes.io/name", name);
        return new DeploymentBuilder()
                .withNewMetadata()
                .withName(name)
                .withLabels(labels)
                .withAnnotations(Map.of("dev.rac/app", AppJson.write(app(name))))
                .endMetadata()
                .withNewSpec()
                .withReplicas(0)
                .withNewSelector()
                .withMatchLabels(labels)
                .endSelector()
                .withNewTemplate()
                .withNewMetadata()
                .withLabels(labels)
                .endMetadata()
                .withNewSpec()
                .addNewContainer()
                .withName("app")
                .withImage("localhost:8080/bench/" + name + "@" + DIGEST)
                .endContainer()
                .endSpec()
                .endTemplate()
                .endSpec();
    }

    private static App app(String name) {
        return new App(
                new AppName(name),
                "bench/" + name,
                "latest",
                DIGEST,
                "localhost:8080/bench/" + name + "@" + DIGEST,
                8000,
                Map.of(),
                List.of(),
                new App.Health(Optional.empty(), Duration.ofSeconds(50)),
                new App.Scaling(0, 1, Optional.empty(), Optional.empty()),
                new App.Resources(1000, 512L << 20),
                App.Update.START_FIRST,
                Map.of(),
                List.of(),
                Optional.of("alice"),
                Instant.EPOCH,
                Optional.empty());
    }

    private static String verdict(Found found) {
        return Numbers.of(found.ratio()) + (found.ratio().median() <= 3 ? " met" : " **missed**");
    }
}
