package dev.rac.targets.docker;

import dev.rac.targets.TargetContract;

/** The contract on a real Docker Engine, the one that the docker client uses. */
final class DockerTargetIT extends TargetContract {
    DockerTargetIT() {
        super(new DockerPlatform());
    }
}
