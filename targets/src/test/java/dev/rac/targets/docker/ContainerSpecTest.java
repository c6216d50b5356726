package dev.rac.targets.docker;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.dockerjava.api.model.Capability;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.Mount;
import com.github.dockerjava.api.model.MountType;
import dev.rac.targets.App;
import dev.rac.targets.AppJson;
import dev.rac.targets.AppName;
import dev.rac.targets.Failure;
import dev.rac.targets.TestApps;
import dev.rac.targets.TestImages.TestImage;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class ContainerSpecTest {
    private static final ObjectNames NAMES = new ObjectNames("rac");
    private static final App APP = TestApps.app(
            new AppName("alice-hello"),
            new TestImage("alice/hello", "sha256:12", "localhost:8080/alice/hello@sha256:12"));

    @Test
    void theImageIsTheAppsByDigest() {
        assertThat(spec(APP).image()).isEqualTo("localhost:8080/alice/hello@sha256:12");
    }

    @Test
    void theLabelsHoldTheWholeApp() {
        assertThat(spec(APP).labels())
                .isEqualTo(Map.of(
                        "dev.rac.namespace", "rac",
                        "dev.rac.name", "alice-hello",
                        "dev.rac.app", AppJson.write(APP),
                        // Lest the image's own label be taken for it.
                        "dev.rac.failure", ""));
    }

    @Test
    void aFailureIsRecorded() {
        var failure = new Failure("it ended", Optional.of(3), Instant.EPOCH, List.of("a line"));
        assertThat(ContainerSpec.of(APP, Optional.of(failure), List.of(), NAMES, 2)
                        .labels())
                .containsEntry("dev.rac.failure", AppJson.write(failure));
    }

    @Test
    void variablesAreSetAsTheyAre() {
        App app = TestApps.withEnvironment(APP, Map.of("B", "x=y $Z", "A", ""));
        assertThat(spec(app).environment()).containsExactly("A=", "B=x=y $Z");
    }

    @Test
    void aVolumeIsNamedByTheAppAndThePathAlone() {
        App app = TestApps.withVolumes(APP, "/data", "/var/lib/db");
        ContainerSpec spec = spec(app);
        assertThat(spec.host().getMounts()).extracting(Mount::getTarget).containsExactly("/data", "/var/lib/db");
        assertThat(spec.host().getMounts()).extracting(Mount::getSource).isEqualTo(spec.volumes());
        assertThat(spec.host().getMounts()).extracting(Mount::getType).containsOnly(MountType.VOLUME);
        assertThat(spec.volumes())
                .doesNotHaveDuplicates()
                .allMatch(name -> name.matches("rac-alice-hello-[0-9a-f]{12}"));
        App nextRevision =
                TestApps.withImage(app, new TestImage("alice/hello", "sha256:34", "localhost:8080/x@sha256:34"));
        assertThat(spec(nextRevision).volumes()).isEqualTo(spec.volumes());
    }

    @Test
    void theContainerIsConfined() {
        HostConfig host = spec(APP).host();
        assertThat(host.getPrivileged()).isFalse();
        assertThat(host.getCapDrop()).containsExactly(Capability.ALL);
        assertThat(host.getCapAdd())
                .containsExactlyInAnyOrder(
                        Capability.CHOWN,
                        Capability.DAC_OVERRIDE,
                        Capability.FOWNER,
                        Capability.SETGID,
                        Capability.SETUID,
                        Capability.NET_BIND_SERVICE,
                        Capability.KILL);
        assertThat(host.getSecurityOpts()).containsExactly("no-new-privileges");
        assertThat(host.getPidsLimit()).isEqualTo(512);
        assertThat(host.getMemory()).isEqualTo(TestApps.MEMORY_BYTES);
        assertThat(host.getMemorySwap()).isEqualTo(TestApps.MEMORY_BYTES);
        assertThat(host.getNetworkMode()).isEqualTo("rac");
        assertThat(host.getBinds()).isNullOrEmpty();
        assertThat(host.getRestartPolicy().getName()).isEmpty();
    }

    @Test
    void theCpuLimitIsWithinWhatTheEngineHas() {
        assertThat(spec(APP).host().getNanoCPUs()).isEqualTo(500_000_000L);
        App greedy = TestApps.withResources(APP, new App.Resources(64_000, TestApps.MEMORY_BYTES));
        assertThat(ContainerSpec.of(greedy, Optional.empty(), List.of(), NAMES, 2)
                        .host()
                        .getNanoCPUs())
                .isEqualTo(2_000_000_000L);
    }

    private static ContainerSpec spec(App app) {
        return ContainerSpec.of(app, Optional.empty(), ContainerSpec.environment(app, Map.of()), NAMES, 2);
    }
}
