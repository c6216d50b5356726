package dev.rac.targets.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.model.Container;
import com.github.dockerjava.core.DockerClientConfig;
import dev.rac.targets.App;
import dev.rac.targets.AppJson;
import dev.rac.targets.AppName;
import dev.rac.targets.AppState;
import dev.rac.targets.AppStatus;
import dev.rac.targets.Endpoint;
import dev.rac.targets.Failure;
import dev.rac.targets.TestApps;
import dev.rac.targets.TestImages.TestImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.core.JacksonException;

final class ContainerStatusTest {
    private static final App APP =
            TestApps.app(new AppName("hello"), new TestImage("hello", "sha256:12", "localhost:8080/hello@sha256:12"));
    private static final Map<String, String> LABELS = Map.of(Labels.APP, AppJson.write(APP));
    private static final ObjectMapper MAPPER = DockerClientConfig.getDefaultObjectMapper();

    @Test
    void aCreatedContainerIsAsleep() {
        assertThat(status("{'Status':'created','ExitCode':0,'Error':''}", "", LABELS))
                .isEqualTo(new AppStatus(APP, AppState.ASLEEP, List.of(), Optional.empty()));
    }

    @Test
    void aRunningContainerIsAwakeAtItsAddressInOurNetwork() {
        assertThat(status("{'Status':'running'}", "172.18.0.2", LABELS))
                .isEqualTo(new AppStatus(
                        APP, AppState.AWAKE, List.of(new Endpoint("1234", "172.18.0.2", 8080)), Optional.empty()));
    }

    @Test
    void aRunningContainerWithoutAnAddressIsWaking() {
        assertThat(status("{'Status':'running'}", "", LABELS).state()).isEqualTo(AppState.WAKING);
    }

    @Test
    void theListingSaysWhatSleepsAndWhatRunsAndNothingOfWhatEnded() {
        var endpoint = new Endpoint("1234", "172.18.0.2", 8080);
        var failure = new Failure("it ended", Optional.of(3), Instant.EPOCH, List.of("a line"));
        Map<String, String> failed = Map.of(Labels.APP, AppJson.write(APP), Labels.FAILURE, AppJson.write(failure));

        assertThat(listed("created", "", LABELS))
                .contains(new AppStatus(APP, AppState.ASLEEP, List.of(), Optional.empty()));
        assertThat(listed("created", "", failed))
                .contains(new AppStatus(APP, AppState.FAILED, List.of(), Optional.of(failure)));
        assertThat(listed("running", "172.18.0.2", LABELS))
                .contains(new AppStatus(APP, AppState.AWAKE, List.of(endpoint), Optional.empty()));
        assertThat(listed("running", "", LABELS))
                .contains(new AppStatus(APP, AppState.WAKING, List.of(), Optional.empty()));
        assertThat(listed("exited", "", LABELS)).isEmpty();
        assertThat(listed("paused", "172.18.0.2", LABELS))
                .contains(new AppStatus(APP, AppState.FROZEN, List.of(), Optional.empty()));
    }

    private static Optional<AppStatus> listed(String state, String address, Map<String, String> labels) {
        ObjectNode container = MAPPER.createObjectNode();
        container.put("Id", "1234").put("State", state).set("Labels", MAPPER.valueToTree(labels));
        container
                .putObject("NetworkSettings")
                .putObject("Networks")
                .putObject("rac")
                .put("IPAddress", address);
        return ContainerStatus.of(MAPPER.convertValue(container, Container.class), "rac");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'Status':'exited','ExitCode':3}                  | it ended with exit status 3                       | 3",
                "{'Status':'exited','ExitCode':0}                  | it ended with exit status 0                       | 0",
                "{'Status':'exited','ExitCode':137,'OOMKilled':true}"
                        + " | it was killed for using more than its 64 MiB of memory | 137",
                "{'Status':'exited','ExitCode':137}"
                        + " | it was killed (exit status 137), maybe for using more than its 64 MiB of memory | 137",
                "{'Status':'created','ExitCode':127,'Error':'no such file'}"
                        + " | it cannot be started: no such file | 127",
                "{'Status':'dead','ExitCode':1}                    | it ended with exit status 1                       | 1"
            })
    void aContainerThatEndedFailed(String state, String reason, int exitCode) {
        AppStatus status = status(state, "", LABELS);
        assertThat(status.state()).isEqualTo(AppState.FAILED);
        assertThat(status.endpoints()).isEmpty();
        assertThat(status.failure().orElseThrow().reason()).isEqualTo(reason);
        assertThat(status.failure().orElseThrow().exitCode()).contains(exitCode);
    }

    @Test
    void theLogOfAContainerThatEndedIsReadAndTheTimeItEnded() {
        Failure failure = status("{'Status':'exited','ExitCode':1,'FinishedAt':'2026-11-22T03:04:05.5Z'}", "", LABELS)
                .failure()
                .orElseThrow();
        assertThat(failure.logLines()).containsExactly("last words");
        assertThat(failure.at()).isEqualTo(Instant.parse("2026-11-22T03:04:05.5Z"));
    }

    @Test
    void aContainerThatNeverRanFailedWhenItWasCreated() {
        Failure failure = status(
                        "{'Status':'created','Error':'no such file','FinishedAt':'0001-01-01T00:00:00Z'}", "", LABELS)
                .failure()
                .orElseThrow();
        assertThat(failure.at()).isEqualTo(Instant.parse("2026-11-22T00:00:00Z"));
        assertThat(failure.logLines()).isEmpty();
    }

    @Test
    void aRecordedFailureCountsWhileTheContainerIsNotStarted() {
        var failure = new Failure("it did not answer", Optional.empty(), Instant.EPOCH, List.of("hm"));
        Map<String, String> labels = Map.of(Labels.APP, AppJson.write(APP), Labels.FAILURE, AppJson.write(failure));
        assertThat(status("{'Status':'created'}", "", labels))
                .isEqualTo(new AppStatus(APP, AppState.FAILED, List.of(), Optional.of(failure)));
        assertThat(status("{'Status':'running'}", "172.18.0.2", labels).failure())
                .isEmpty();
        assertThat(status("{'Status':'created','Error':'no such file'}", "", labels)
                        .failure()
                        .orElseThrow()
                        .reason())
                .isEqualTo("it cannot be started: no such file");
    }

    @Test
    void labelsThatCannotBeReadAreSaidToBeSo() {
        assertThatThrownBy(() -> status("{'Status':'created'}", "", Map.of(Labels.APP, "{")))
                .isInstanceOf(JacksonException.class);
        assertThatThrownBy(() -> status("{'Status':'created'}", "", Map.of())).isInstanceOf(JacksonException.class);
    }

    private static AppStatus status(String state, String address, Map<String, String> labels) {
        try {
            ObjectNode inspected = MAPPER.createObjectNode();
            inspected.put("Id", "1234").put("Created", "2026-11-22T00:00:00Z");
            inspected.set("State", MAPPER.readTree(state.replace('\'', '"')));
            inspected.putObject("Config").set("Labels", MAPPER.valueToTree(labels));
            ObjectNode networks = inspected.putObject("NetworkSettings").putObject("Networks");
            networks.putObject("other").put("IPAddress", "10.0.0.1");
            networks.putObject("rac").put("IPAddress", address);
            return ContainerStatus.of(
                    MAPPER.treeToValue(inspected, InspectContainerResponse.class), "rac", () -> List.of("last words"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
