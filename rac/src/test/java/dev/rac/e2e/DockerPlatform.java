package dev.rac.e2e;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The engine that the docker client uses. */
final class DockerPlatform implements Platform {
    @Override
    public String target() {
        return "docker";
    }

    @Override
    public boolean freezes() {
        return true;
    }

    @Override
    public boolean mayRun(String namespace, String app) throws Exception {
        var docker = new DockerClient(Files.createTempDirectory(Path.of("target"), "docker"));
        return !docker.must("container", "ls", "--quiet", "--filter", "name=" + namespace + "-" + app)
                .isEmpty();
    }

    @Override
    public void cleanUp(String namespace) throws Exception {
        var docker = new DockerClient(Files.createTempDirectory(Path.of("target"), "docker"));
        String ours = "label=dev.rac.namespace=" + namespace;
        for (var kind : List.of("container", "volume", "network")) {
            String list = "container".equals(kind)
                    ? docker.must("container", "ls", "--all", "--quiet", "--filter", ours)
                    : docker.must(kind, "ls", "--quiet", "--filter", ours);
            for (String id : list.lines().toList()) {
                docker.run("container".equals(kind) ? new String[] {"rm", "-f", id} : new String[] {kind, "rm", id});
            }
        }
    }
}
