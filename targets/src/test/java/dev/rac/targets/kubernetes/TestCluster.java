package dev.rac.targets.kubernetes;

import dev.rac.targets.AppName;
import dev.rac.targets.Commands;
import dev.rac.targets.TargetFixture;
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
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * The cluster that KUBECONFIG names, seen past the adapter, with a storage class of the test's own: volumes that are
 * folders of this machine, for a cluster of one node that runs here.
 */
final class TestCluster implements AfterAllCallback {
    private static final int VOLUMES = 8;

    private final KubernetesClient client;
    private final String storageClass;
    private final Path folder;

    TestCluster(String storageClass) {
        this.storageClass = storageClass;
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

    int running(String namespace, AppName app) {
        return Math.toIntExact(
                client.pods().inNamespace(namespace).withLabels(Names.labels(app)).list().getItems().stream()
                        .flatMap(pod -> pod.getStatus().getContainerStatuses().stream())
                        .map(ContainerStatus::getState)
                        .filter(state -> state.getRunning() != null)
                        .count());
    }

    /** Has a namespace deleted with all that is in it, which may take the cluster a minute. */
    void delete(String namespace) {
        client.namespaces().withName(namespace).delete();
    }

    /** Called when the test class has cleaned up what is its own. */
    @Override
    public void afterAll(ExtensionContext context) {
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
