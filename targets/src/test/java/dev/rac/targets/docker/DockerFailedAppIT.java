package dev.rac.targets.docker;

import dev.rac.targets.AppName;
import dev.rac.targets.FailedAppContract;
import dev.rac.targets.Target;

/** The contract on a real Docker Engine, the one that the docker client uses. */
final class DockerFailedAppIT extends FailedAppContract {
    @Override
    protected Target connect(String namespace) {
        return DockerTarget.connect(DockerCli.settings(namespace));
    }

    @Override
    protected void delete(String namespace) {
        DockerCli.delete(namespace);
    }

    @Override
    protected int running(AppName name) {
        return DockerCli.running(namespace, name);
    }
}
