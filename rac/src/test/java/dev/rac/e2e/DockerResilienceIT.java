package dev.rac.e2e;

final class DockerResilienceIT extends ResilienceContract {
    DockerResilienceIT() {
        super(new DockerPlatform());
    }
}
