package dev.rac.targets.docker;

import dev.rac.targets.FailedAppContract;

/** The contract on a real Docker Engine, the one that the docker client uses. */
final class DockerFailedAppIT extends FailedAppContract {
    DockerFailedAppIT() {
        super(new DockerPlatform());
    }
}
