package dev.rac.e2e;

final class DockerEndToEndIT extends EndToEndContract {
    DockerEndToEndIT() {
        super(new DockerPlatform());
    }
}
