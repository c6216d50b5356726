package dev.rac.targets.docker;

import dev.rac.targets.RevisionContract;

/** The contract on a real Docker Engine, the one that the docker client uses. */
final class DockerRevisionIT extends RevisionContract {
    DockerRevisionIT() {
        super(new DockerPlatform());
    }
}
