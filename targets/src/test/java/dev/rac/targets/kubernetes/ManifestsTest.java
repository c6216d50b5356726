package dev.rac.targets.kubernetes;

import static dev.rac.targets.kubernetes.TestObjects.app;
import static dev.rac.targets.kubernetes.TestObjects.manifests;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rac.targets.App;
import dev.rac.targets.AppJson;
import dev.rac.targets.AppName;
import dev.rac.targets.PullCredential;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
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
import java.util.Set;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

final class ManifestsTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final KubernetesSerialization KUBERNETES = new KubernetesSerialization();

    @Test
    void anAppIsAConfinedDeploymentWithoutReplicas() throws IOException {
        assertIs("deployment.yaml", withoutData(manifests(Optional.empty()).deployment(app(), Set.of())));
    }

    @Test
    void anAppWithVolumesHasClaims() throws IOException {
        assertIs(
                "deployment-with-volumes.yaml",
                withoutData(manifests(Optional.empty()).deployment(app("/data", "/var/lib/x"), Set.of())));
    }

    @Test
    void appsReachPublicAddressesAndDnsOnly() throws IOException {
        assertIs("network-policy.yaml", NetworkPolicies.apps());
    }

    @Test
    void anAppIsReachedAtItsPortOnly() throws IOException {
        assertIs("app-network-policy.yaml", NetworkPolicies.app(app()));
    }

    @Test
    void theWholeAppCanBeReadBack() {
        Deployment deployment = manifests(Optional.empty()).deployment(app(), Set.of());

        assertThat(AppJson.readApp(Names.annotation(deployment, Names.APP))).isEqualTo(app());
    }

    @Test
    void anotherRevisionHasAnotherMark() {
        App other = app("/data");

        assertThat(revision(manifests(Optional.empty()).deployment(other, Set.of())))
                .isNotEqualTo(revision(manifests(Optional.empty()).deployment(app(), Set.of())))
                .isEqualTo(revision(manifests(Optional.empty()).deployment(other, Set.of())));
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
    void whatAnOwnerSetIsInASecretOfTheRevisionAndNowhereElse() throws IOException {
        Map<String, String> set = Map.of("PASSWORD", "$HOME is \"secret\"", "PRICE", "another");
        Secret secret = manifests(Optional.empty()).environment(app(), set);
        Deployment deployment = manifests(Optional.empty()).deployment(app(), set.keySet());

        assertThat(secret.getData())
                .containsOnly(
                        Map.entry("PASSWORD", encode("$HOME is \"secret\"")), Map.entry("PRICE", encode("another")));
        Container container =
                deployment.getSpec().getTemplate().getSpec().getContainers().getFirst();
        assertThat(container.getEnvFrom())
                .extracting(source -> source.getSecretRef().getName())
                .containsExactly(secret.getMetadata().getName());
        assertThat(secret.getMetadata().getName()).isEqualTo("alice-hello-env-" + revision(deployment));
        assertThat(secret.getMetadata().getLabels()).containsEntry(Names.REVISION, revision(deployment));
        // Kubernetes gives these precedence.
        assertThat(container.getEnv()).extracting(EnvVar::getName).containsExactly("EMPTY");
        assertThat(KUBERNETES.asJson(deployment)).doesNotContain("secret\\", "another", encode("another"));
    }

    @Test
    void aServiceHasThePortOfTheWebForThatOfTheApp() throws IOException {
        assertIs("service.yaml", manifests(Optional.empty()).service(app()));
    }

    @Test
    void aServicesNameBeginsWithALetterWhateverTheAppsDoes() {
        assertThat(Names.service(new AppName("1hello"))).matches("app-[0-9a-f]{16}");
        assertThat(Names.service(new AppName("2hello"))).isNotEqualTo(Names.service(new AppName("1hello")));
        assertThat(Names.service(new AppName("hello"))).isEqualTo("hello");
    }

    @Test
    void aTagThatNoLabelCanSayIsNone() {
        assertThat(Names.labels(withTag("1.2_a"))).containsEntry(Names.VERSION, "1.2_a");
        assertThat(Names.labels(withTag("1."))).doesNotContainKey(Names.VERSION);
        assertThat(Names.labels(withTag("a".repeat(64)))).doesNotContainKey(Names.VERSION);
    }

    @Test
    void theLongestNamesAreStillValid() {
        var name = new AppName("a".repeat(63));

        assertThat(Names.claim(name, "/data")).hasSizeLessThanOrEqualTo(253).matches("[a-z0-9-]+");
        assertThat(Names.volume("/data")).hasSizeLessThanOrEqualTo(63).matches("[a-z0-9-]+");
    }

    private static App withTag(String tag) {
        return TestObjects.withTag(app(), tag);
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
