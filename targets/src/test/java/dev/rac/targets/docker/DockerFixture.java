package dev.rac.targets.docker;

import dev.rac.targets.TargetFixture;
import java.util.List;

/** What tests of the Docker adapter's own ways need around them. */
abstract class DockerFixture extends TargetFixture {
    DockerFixture() {
        super(new DockerPlatform());
    }

    /** What the test's app's container at rest is called. */
    final String container() {
        return new ObjectNames(namespace).container(name);
    }

    /** The names of all containers that carry the test's app's labels. */
    final List<String> containers() {
        return DockerCli.containers(namespace, name);
    }
}
