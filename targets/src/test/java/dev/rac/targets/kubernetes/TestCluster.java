package dev.rac.targets.kubernetes;

import dev.rac.targets.AppName;
import dev.rac.targets.Commands;
import dev.rac.targets.Target;
import dev.rac.targets.TargetFixture;
import dev.rac.targets.TestPlatform;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.PersistentVolumeBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * The cluster that KUBECONFIG names, seen past the adapter, with a storage class of the test's own: volumes that are
 * folders of this machine, for a cluster of one node that runs here.
 */
final class TestCluster implements TestPlatform {
    private static final int VOLUMES = 8;

    private final KubernetesClient client;
    private final String storageClass = "rac-test-" + UUID.randomUUID();
    private final Path folder;

    TestCluster() {
        client = new KubernetesClientBuilder()
                .withConfig(settings("default").cluster())
                .build();
        try {
            folder = Files.createTempDirectory("rac-test-volumes");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        for (int i = 0; i < VOLUMES; i++) {
            createVolume(storageClass + "-" + i);
        }
    }

    /** Settings as an administrator of the cluster. */
    static KubernetesSettings settings(String namespace, String storageClass) {
        Path kubeconfig = Path.of(System.getenv("KUBECONFIG"));
        return KubernetesSettings.discover(
                        namespace, Optional.of(storageClass), TargetFixture.UPDATES, Optional.of(kubeconfig))
                .orElseThrow();
    }

    KubernetesSettings settings(String namespace) {
        return settings(namespace, storageClass);
    }

    KubernetesClient client() {
        return client;
    }

    @Override
    public String kind() {
        return "kubernetes";
    }

    @Override
    public Target connect(String namespace) {
        return KubernetesTarget.connect(settings(namespace));
    }

    @Override
    public int running(String namespace, AppName app) {
        return Math.toIntExact(
                client.pods().inNamespace(namespace).withLabels(Names.labels(app)).list().getItems().stream()
                        .flatMap(pod -> pod.getStatus().getContainerStatuses().stream())
                        .map(ContainerStatus::getState)
                        .filter(state -> state.getRunning() != null)
                        .count());
    }

    /** Has a namespace deleted with all that is in it, which may take the cluster a minute. */
    @Override
    public void delete(String namespace) {
        client.namespaces().withName(namespace).delete();
    }

    @Override
    public void close() {
        client.persistentVolumes().withLabel("storage", storageClass).delete();
        client.close();
        Commands.run("rm", "-r", folder.toString());
    }

    private void createVolume(String name) {
        client.persistentVolumes()
                .resource(new PersistentVolumeBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .withLabels(Map.of("storage", storageClass))
                        .endMetadata()
                        .withNewSpec()
                        .withStorageClassName(storageClass)
                        .withAccessModes("ReadWriteOnce")
                        .withCapacity(Map.of("storage", new Quantity("1Gi")))
                        .withNewHostPath(folder.resolve(name).toString(), "DirectoryOrCreate")
                        .endSpec()
                        .build())
                .create();
    }
}
