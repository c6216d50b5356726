package dev.rac.targets.kubernetes;

import static dev.rac.targets.TestApps.app;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rac.targets.TargetException;
import dev.rac.targets.UnknownAppException;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/** That nothing which RAC did not make is ever touched. */
@EnabledIfEnvironmentVariable(named = "KUBECONFIG", matches = ".+")
final class KubernetesForeignObjectsIT extends KubernetesFixture {
    @Test
    void aDeploymentOfSomebodyElseIsNoAppAndIsNeverWritten() {
        Deployment foreign = createForeign();

        assertThatThrownBy(() -> deploy(app(name, images.web("one"))))
                .isInstanceOf(TargetException.class)
                .hasMessageContaining(name.value())
                .hasMessageContaining("not RAC's");
        assertThatThrownBy(() -> target.wake(name, PATIENCE)).isInstanceOf(UnknownAppException.class);
        assertThatThrownBy(() -> target.sleep(name)).isInstanceOf(UnknownAppException.class);
        assertThatThrownBy(() -> target.fail(app(name, images.web("one")), "why"))
                .isInstanceOf(UnknownAppException.class);
        assertThat(target.find(name)).isEmpty();
        assertThat(target.apps()).isEmpty();
        target.remove(name);

        Deployment after = cluster.client().resource(foreign).get();
        assertThat(after.getMetadata().getUid()).isEqualTo(foreign.getMetadata().getUid());
        assertThat(after.getMetadata().getGeneration())
                .isEqualTo(foreign.getMetadata().getGeneration());
        assertThat(cluster.client()
                        .secrets()
                        .inNamespace(namespace)
                        .withName(Names.pullSecret(name))
                        .get())
                .isNull();
        cluster.client().resource(foreign).delete();
    }

    private Deployment createForeign() {
        Deployment like = TestObjects.deployment(0);
        var labels = Map.of("app", "other");
        return cluster.client()
                .resource(new DeploymentBuilder(like)
                        .withMetadata(new ObjectMetaBuilder()
                                .withName(Names.deployment(name))
                                .withNamespace(namespace)
                                .build())
                        .editSpec()
                        .withNewSelector()
                        .withMatchLabels(labels)
                        .endSelector()
                        .editTemplate()
                        .withNewMetadata()
                        .withLabels(labels)
                        .endMetadata()
                        .endTemplate()
                        .endSpec()
                        .build())
                .create();
    }
}
