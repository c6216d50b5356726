package dev.rac.targets.kubernetes;

import static dev.rac.targets.kubernetes.TestObjects.deployment;
import static dev.rac.targets.kubernetes.TestObjects.pod;
import static dev.rac.targets.kubernetes.TestObjects.running;
import static dev.rac.targets.kubernetes.TestObjects.terminated;
import static dev.rac.targets.kubernetes.TestObjects.waiting;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rac.targets.Failure;
import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PodFailureTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    ErrImagePull               | its image cannot be pulled: localhost:8080/alice/hello@sha256:0
                    ImagePullBackOff           | its image cannot be pulled: localhost:8080/alice/hello@sha256:0
                    InvalidImageName           | its image cannot be pulled: localhost:8080/alice/hello@sha256:0
                    CreateContainerConfigError | its container cannot be created: not so
                    CreateContainerError       | its container cannot be created: not so
                    RunContainerError          | its process cannot be started: not so
                    """)
    void aContainerThatCannotStartIsAFailureInTheKubeletsWords(String reason, String expected) {
        Failure failure = failure(waiting(reason, "not\nso"), new ContainerState());

        assertThat(failure.reason()).startsWith(expected).endsWith(": not so");
        assertThat(failure.exitCode()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ContainerCreating", "PodInitializing", "something new"})
    void aContainerThatMayYetStartIsNone(String reason) {
        assertThat(PodFailure.of(pod(deployment(1), "1", waiting(reason, "")))).isEmpty();
    }

    @Test
    void aRunningContainerIsNoneThoughItEndedBefore() {
        Pod pod = pod(deployment(1), "1", running(), terminated(3, "Error", ""));

        assertThat(PodFailure.of(pod)).isEmpty();
        assertThat(PodFailure.exitCode(pod)).contains(3);
    }

    @Test
    void aPodThatTheKubeletHasNotSeenIsNone() {
        Pod unseen = new PodBuilder(pod(deployment(1), "1", running()))
                .withNewStatus()
                .endStatus()
                .build();

        assertThat(PodFailure.of(unseen)).isEmpty();
        assertThat(PodFailure.of(new PodBuilder(unseen).withStatus(null).build()))
                .isEmpty();
    }

    @Test
    void aContainerThatEndedAgainAndAgainTellsOfItsLastEnd() {
        Failure failure = failure(waiting("CrashLoopBackOff", "back-off 10s"), terminated(7, "Error", "one\ntwo"));

        assertThat(failure.reason()).isEqualTo("its process ended with status 7");
        assertThat(failure.exitCode()).contains(7);
        assertThat(failure.at()).isEqualTo(TestObjects.ENDED_AT);
        assertThat(failure.logLines()).containsExactly("one", "two");
    }

    @Test
    void onlyAPullMayPass() {
        assertThat(PodFailure.of(pod(deployment(1), "1", waiting("ErrImagePull", ""))))
                .hasValueSatisfying(failed -> assertThat(failed.mayPass()).isTrue());
        assertThat(PodFailure.of(pod(deployment(1), "1", terminated(3, "Error", ""))))
                .hasValueSatisfying(failed -> assertThat(failed.mayPass()).isFalse());
    }

    @Test
    void anEndWithoutErrorIsAFailureToo() {
        assertThat(failure(terminated(0, "Completed", ""), new ContainerState()).reason())
                .isEqualTo("its process ended with status 0");
    }

    @Test
    void anEndForWantOfMemoryIsNamed() {
        Failure failure = failure(terminated(137, "OOMKilled", ""), new ContainerState());

        assertThat(failure.reason()).contains("more memory than it may use");
        assertThat(failure.exitCode()).contains(137);
        assertThat(failure(terminated(137, "Error", ""), new ContainerState()).reason())
                .isEqualTo("it was killed (status 137), maybe because it needed more memory than it may use");
    }

    @Test
    void anEndBeforeTheProcessRanTellsTheKubeletsWordsAndNoLog() {
        Failure failure = failure(terminated(127, "ContainerCannotRun", "exec: no such file"), new ContainerState());

        assertThat(failure.reason()).isEqualTo("its process cannot be started: exec: no such file");
        assertThat(failure.logLines()).isEmpty();
    }

    @Test
    void onlyTheLastLinesAreKeptAndLongOnesAreCutOff() {
        String output = "first\n" + "x".repeat(10_000) + "\n" + "line\n".repeat(Failure.MAX_LOG_LINES - 1);

        assertThat(LogLines.last(output)).hasSize(Failure.MAX_LOG_LINES).doesNotContain("first");
        assertThat(LogLines.last(output).getFirst()).hasSize(501).endsWith("…");
    }

    private static Failure failure(ContainerState state, ContainerState lastState) {
        return PodFailure.of(pod(deployment(1), "1", state, lastState))
                .map(PodFailure::failure)
                .orElseThrow();
    }

    @Test
    void whatDidNotRunHasNoExitStatus() {
        assertThat(PodFailure.exitCode(pod(deployment(1), "1", running()))).isEqualTo(Optional.empty());
    }
}
