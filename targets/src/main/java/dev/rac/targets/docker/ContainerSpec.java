package dev.rac.targets.docker;

import com.github.dockerjava.api.model.Capability;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.LogConfig;
import com.github.dockerjava.api.model.Mount;
import com.github.dockerjava.api.model.MountType;
import com.github.dockerjava.api.model.RestartPolicy;
import dev.rac.targets.App;
import dev.rac.targets.AppJson;
import dev.rac.targets.Failure;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the engine is asked to create for an app.
 *
 * @param environment {@code NAME=value} each
 * @param volumes the volumes' names
 */
record ContainerSpec(
        String image, List<String> environment, Map<String, String> labels, List<String> volumes, HostConfig host) {

    /** What a plain web server needs to bind its port, own its files, and give up being root. */
    private static final Capability[] CAPABILITIES = {
        Capability.CHOWN,
        Capability.DAC_OVERRIDE,
        Capability.FOWNER,
        Capability.KILL,
        Capability.NET_BIND_SERVICE,
        Capability.SETGID,
        Capability.SETUID
    };

    private static final long MAX_PROCESSES = 512;
    private static final long NANO_CPUS_PER_CPU = 1_000_000_000L;
    private static final long NANO_CPUS_PER_MILLI = 1_000_000L;

    /**
     * Makes it.
     *
     * @param engineCpus CPUs that the engine has; it refuses a limit above
     * @param failure recorded on the container
     * @param environment {@code NAME=value} each
     */
    static ContainerSpec of(
            App app, Optional<Failure> failure, List<String> environment, ObjectNames names, int engineCpus) {
        var labels = new HashMap<>(Labels.of(names.namespace(), app.name()));
        labels.put(Labels.APP, AppJson.write(app));
        // Set in any case: an image's own label of that name would come through.
        labels.put(Labels.FAILURE, failure.map(AppJson::write).orElse(""));
        List<Mount> mounts = app.volumes().stream()
                .map(path -> new Mount()
                        .withType(MountType.VOLUME)
                        .withSource(names.volume(app.name(), path))
                        .withTarget(path))
                .toList();
        return new ContainerSpec(
                app.image(),
                environment,
                Map.copyOf(labels),
                mounts.stream().map(Mount::getSource).toList(),
                confined(app.resources(), engineCpus)
                        .withNetworkMode(names.network())
                        .withMounts(mounts));
    }

    /** All variables of an app, {@code NAME=value} each. */
    static List<String> environment(App app, Map<String, String> secrets) {
        var all = new HashMap<>(app.environment());
        all.putAll(secrets);
        return all.entrySet().stream()
                .map(variable -> variable.getKey() + "=" + variable.getValue())
                .sorted()
                .toList();
    }

    private static HostConfig confined(App.Resources resources, int engineCpus) {
        return HostConfig.newHostConfig()
                .withCapDrop(Capability.ALL)
                .withCapAdd(CAPABILITIES)
                .withSecurityOpts(List.of("no-new-privileges"))
                .withPrivileged(false)
                .withPidsLimit(MAX_PROCESSES)
                .withMemory(resources.memoryBytes())
                // The same as memory: no swap.
                .withMemorySwap(resources.memoryBytes())
                .withNanoCPUs(Math.min(resources.cpuMillis() * NANO_CPUS_PER_MILLI, engineCpus * NANO_CPUS_PER_CPU))
                // An app is woken by a request, never by the engine: no restart storm.
                .withRestartPolicy(RestartPolicy.noRestart())
                .withLogConfig(
                        new LogConfig(LogConfig.LoggingType.JSON_FILE, Map.of("max-size", "1m", "max-file", "2")));
    }
}
