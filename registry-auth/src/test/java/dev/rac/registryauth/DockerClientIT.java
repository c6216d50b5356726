package dev.rac.registryauth;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** What the real docker client and engine make of our tokens. */
@EnabledIf("dev.rac.registryauth.DockerClientIT#isPossible")
class DockerClientIT {
    @TempDir
    Path directory;

    private AuthServer auth;
    private Registry registry;
    private final List<String> images = new ArrayList<>();

    static boolean isPossible() throws Exception {
        return Registry.isInstalled() && run(Map.of(), "", "docker", "version").status() == 0;
    }

    @BeforeEach
    void start() throws Exception {
        auth = AuthServer.start(directory.resolve("data"));
        registry = Registry.start(directory, auth);
    }

    @AfterEach
    void stop() throws Exception {
        for (String image : images) {
            run(Map.of(), "", "docker", "image", "rm", "--force", image);
        }
        registry.close();
        auth.close();
    }

    @Test
    void pushesAndPullsAsTheClaimsAllow() throws Exception {
        auth.signUp("alice");
        auth.signUp("bob");
        auth.send("POST", "/claim", AuthServer.basic("alice", "alice-password"), Map.of("repository", "alice/own"));
        String open = image("hello");
        String owned = image("alice/own");

        assertThat(docker("nobody", "", "push", open).status()).isZero();
        assertThat(docker("nobody", "", "push", owned).output()).contains("denied");

        assertThat(login("bob", "wrong-password").status()).isNotZero();
        assertThat(login("bob", "bob-password").status()).isZero();
        assertThat(docker("bob", "", "push", owned).output()).contains("denied");

        assertThat(login("alice", "alice-password").output()).contains("Login Succeeded");
        assertThat(docker("alice", "", "push", owned).status()).isZero();
        // The client has got a refresh token, and keeps that in place of the password.
        assertThat(Files.readString(directory.resolve("alice/config.json"))).contains("identitytoken");

        run(Map.of(), "", "docker", "image", "rm", "--force", open, owned);
        assertThat(docker("alice", "", "pull", owned).status()).isZero();
        assertThat(docker("bob", "", "pull", owned).status()).isNotZero();
        assertThat(docker("nobody", "", "pull", open).status()).isZero();
    }

    @Test
    void aMachinePushesWithAnAccessTokenAndNothingElse() throws Exception {
        String alice = auth.signUp("alice");
        auth.send("POST", "/claim", alice, Map.of("repository", "alice/own"));
        auth.send("POST", "/claim", alice, Map.of("repository", "alice/other"));
        AuthServer.Reply created = auth.send(
                "POST",
                "/access-tokens",
                alice,
                Map.of("name", "ci", "repositories", List.of("alice/own"), "actions", List.of("pull", "push")));
        String owned = image("alice/own");
        String other = image("alice/other");

        assertThat(login("alice", created.text("token")).output()).contains("Login Succeeded");
        assertThat(docker("alice", "", "push", owned).status()).isZero();
        assertThat(docker("alice", "", "push", other).output()).contains("denied");
        // The client keeps the access token, and nothing that would outlive it.
        assertThat(Files.readString(directory.resolve("alice/config.json"))).doesNotContain("identitytoken");

        auth.send("DELETE", "/access-tokens/" + created.text("id"), alice, null);
        assertThat(docker("alice", "", "push", owned).status()).isNotZero();
    }

    private Output login(String user, String password) throws Exception {
        return docker(user, password, "login", "--username", user, "--password-stdin", registry.host());
    }

    /** Makes a tiny image for a repository. */
    private String image(String repository) throws Exception {
        String name = registry.host() + "/" + repository + ":latest";
        Path context = Files.createDirectories(directory.resolve("empty"));
        Path archive = directory.resolve("layer.tar");
        Files.writeString(context.resolve("file"), repository);
        assertThat(run(Map.of(), "", "tar", "-cf", archive.toString(), "-C", context.toString(), "file")
                        .status())
                .isZero();
        assertThat(run(Map.of(), "", "docker", "import", archive.toString(), name)
                        .status())
                .isZero();
        images.add(name);
        return name;
    }

    /** Runs the client with the configuration, and so the credentials, of one user. */
    private Output docker(String user, String input, String... arguments) throws Exception {
        var command = new ArrayList<>(List.of("docker"));
        command.addAll(List.of(arguments));
        Path config = Files.createDirectories(directory.resolve(user));
        return run(Map.of("DOCKER_CONFIG", config.toString()), input, command.toArray(String[]::new));
    }

    private record Output(int status, String output) {}

    private static Output run(Map<String, String> environment, String input, String... command)
            throws IOException, InterruptedException {
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putAll(environment);
        Process process;
        try {
            process = builder.start();
        } catch (IOException e) {
            return new Output(127, String.valueOf(e.getMessage()));
        }
        try (var stdin = process.outputWriter(StandardCharsets.UTF_8)) {
            stdin.write(input);
        }
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
        return new Output(process.exitValue(), output);
    }
}
