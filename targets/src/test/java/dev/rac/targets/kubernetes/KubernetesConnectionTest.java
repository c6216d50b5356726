package dev.rac.targets.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rac.targets.TargetException;
import dev.rac.targets.TargetFixture;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class KubernetesConnectionTest {
    @TempDir
    Path folder;

    @Test
    void aServerThatDoesNotAnswerIsNamedOnOneLine() throws IOException {
        String server = "https://127.0.0.1:" + closedPort();
        KubernetesSettings settings = discover(Files.writeString(folder.resolve("config"), """
                apiVersion: v1
                kind: Config
                clusters: [{name: a, cluster: {server: "%s"}}]
                users: [{name: a, user: {token: secret-token}}]
                contexts: [{name: a, context: {cluster: a, user: a}}]
                current-context: a
                """.formatted(server)));

        assertThat(settings.toString()).contains(server).doesNotContain("secret-token");
        assertThatThrownBy(() -> KubernetesTarget.connect(settings))
                .isInstanceOf(TargetException.class)
                .hasMessageContaining(server)
                .hasMessageContaining("does not answer")
                .hasMessageContaining("KUBECONFIG")
                .hasMessageNotContaining("\n");
    }

    @Test
    void aKubeconfigThatIsNotThereIsNamed() {
        Path missing = folder.resolve("missing");

        assertThatThrownBy(() -> discover(missing))
                .isInstanceOf(TargetException.class)
                .hasMessageContaining(missing.toString());
    }

    @Test
    void aFileThatIsNoKubeconfigIsNamed() throws IOException {
        Path other = Files.writeString(folder.resolve("other"), "[1, 2]");

        assertThatThrownBy(() -> discover(other))
                .isInstanceOf(TargetException.class)
                .hasMessageContaining(other.toString());
    }

    private static KubernetesSettings discover(Path kubeconfig) {
        return KubernetesSettings.discover("rac", Optional.empty(), TargetFixture.UPDATES, Optional.of(kubeconfig))
                .orElseThrow();
    }

    private static int closedPort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
