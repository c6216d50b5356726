package dev.rac.targets.docker;

import dev.rac.targets.AppName;
import dev.rac.targets.Target;
import dev.rac.targets.TestPlatform;

/** A real Docker Engine, the one that the docker client uses. */
final class DockerPlatform implements TestPlatform {
    @Override
    public String kind() {
        return "docker";
    }

    @Override
    public Target connect(String namespace) {
        return DockerTarget.connect(DockerCli.settings(namespace));
    }

    @Override
    public void delete(String namespace) {
        DockerCli.delete(namespace);
    }

    @Override
    public int running(String namespace, AppName name) {
        return DockerCli.running(namespace, name);
    }

    @Override
    public void close() {}
}
