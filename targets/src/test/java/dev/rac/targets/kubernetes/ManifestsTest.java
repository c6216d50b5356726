package dev.rac.targets.kubernetes;

import static dev.rac.targets.kubernetes.TestObjects.app;
import static dev.rac.targets.kubernetes.TestObjects.manifests;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rac.targets.App;
import dev.rac.targets.AppJson;
import dev.rac.targets.AppName;
import dev.rac.targets.PullCredential;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

final class ManifestsTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final KubernetesSerialization KUBERNETES = new KubernetesSerialization();

    @Test
    void anAppIsAConfinedDeploymentWithoutReplicas() throws IOException {
        assertIs("deployment.yaml", withoutData(manifests(Optional.empty()).deployment(app())));
    }

    @Test
    void anAppWithVolumesHasClaims() throws IOException {
        assertIs(
                "deployment-with-volumes.yaml",
                withoutData(manifests(Optional.empty()).deployment(app("/data", "/var/lib/x"))));
    }

    @Test
    void appsReachPublicAddressesAndDnsOnly() throws IOException {
        assertIs("network-policy.yaml", NetworkPolicies.apps());
    }

    @Test
    void theWholeAppCanBeReadBack() {
        Deployment deployment = manifests(Optional.empty()).deployment(app());

        assertThat(AppJson.readApp(Names.annotation(deployment, Names.APP))).isEqualTo(app());
    }

    @Test
    void anotherRevisionHasAnotherMark() {
        App other = app("/data");

        assertThat(revision(manifests(Optional.empty()).deployment(other)))
                .isNotEqualTo(revision(manifests(Optional.empty()).deployment(app())))
                .isEqualTo(revision(manifests(Optional.empty()).deployment(other)));
    }

    @Test
    void aClaimIsNamedFromAppAndPathAlone() {
        PersistentVolumeClaim one =
                manifests(Optional.empty()).claims(app("/data")).getFirst();
        PersistentVolumeClaim other =
                manifests(Optional.of("fast")).claims(app("/x", "/data")).getLast();

        assertThat(other.getMetadata().getName())
                .isEqualTo(one.getMetadata().getName())
                .startsWith("alice-hello-");
        assertThat(one.getSpec().getStorageClassName()).isNull();
        assertThat(other.getSpec().getStorageClassName()).isEqualTo("fast");
        assertThat(one.getSpec().getResources().getRequests())
                .containsExactly(Map.entry("storage", new Quantity("1073741824")));
    }

    @Test
    void aCredentialIsADockerConfigurationForItsRegistryOnly() {
        Secret secret = manifests(Optional.empty())
                .pullSecret(new AppName("hello"), new PullCredential("localhost:8080", "@pull", "a\"b"));

        assertThat(secret.getType()).isEqualTo("kubernetes.io/dockerconfigjson");
        String auth = encode("@pull:a\"b");
        assertThat(secret.getData())
                .containsExactly(Map.entry(
                        ".dockerconfigjson", encode("{\"auths\":{\"localhost:8080\":{\"auth\":\"" + auth + "\"}}}")));
    }

    @Test
    void theLongestNamesAreStillValid() {
        var name = new AppName("a".repeat(63));

        assertThat(Names.claim(name, "/data")).hasSizeLessThanOrEqualTo(253).matches("[a-z0-9-]+");
        assertThat(Names.volume("/data")).hasSizeLessThanOrEqualTo(63).matches("[a-z0-9-]+");
    }

    private static String revision(Deployment deployment) {
        return Names.annotation(deployment.getSpec().getTemplate().getMetadata(), Names.REVISION);
    }

    private static String encode(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    /** The manifest but for what other tests look at: the app's own text, and its hash. */
    private static Deployment withoutData(Deployment deployment) {
        return new DeploymentBuilder(deployment)
                .editMetadata()
                .withAnnotations(Map.of())
                .endMetadata()
                .editSpec()
                .editTemplate()
                .editMetadata()
                .withAnnotations(Map.of())
                .endMetadata()
                .endTemplate()
                .endSpec()
                .build();
    }

    private static void assertIs(String resource, HasMetadata manifest) throws IOException {
        try (InputStream stream = Objects.requireNonNull(ManifestsTest.class.getResourceAsStream(resource), resource)) {
            HasMetadata expected = KUBERNETES.unmarshal(stream);
            assertThat(JSON.readTree(KUBERNETES.asJson(manifest)))
                    .isEqualTo(JSON.readTree(KUBERNETES.asJson(expected)));
        }
    }
}
