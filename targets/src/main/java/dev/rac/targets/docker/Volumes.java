package dev.rac.targets.docker;

import com.github.dockerjava.api.exception.NotFoundException;
import dev.rac.targets.AppName;
import dev.rac.targets.TargetException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The volumes of our apps. They are made when first used, and removed only when that is asked for. */
final class Volumes {
    private final Engine engine;
    private final ObjectNames names;

    Volumes(Engine engine, ObjectNames names) {
        this.engine = engine;
        this.names = names;
    }

    /**
     * Creates a volume unless it is there.
     *
     * @throws TargetException if there is one of that name that is not ours
     */
    void ensure(AppName app, String volume) {
        engine.tell("create volume " + volume, () -> {
            Map<String, String> ours = Labels.of(names.namespace(), app);
            engine.client().createVolumeCmd().withName(volume).withLabels(ours).exec();
            // An existing one is left as it is, labels included.
            Map<String, String> labels = Optional.ofNullable(
                            engine.client().inspectVolumeCmd(volume).exec().getLabels())
                    .orElse(Map.of());
            if (!labels.entrySet().containsAll(ours.entrySet())) {
                throw new TargetException("there is a volume " + volume + " that is not RAC's: rename the app");
            }
        });
    }

    /**
     * Removes all volumes of an app.
     *
     * @throws TargetException if one is in use
     */
    void remove(AppName app) {
        engine.tell("remove the volumes of " + app, () -> {
            List<String> labels = Labels.of(names.namespace(), app).entrySet().stream()
                    .map(label -> label.getKey() + "=" + label.getValue())
                    .toList();
            engine.client().listVolumesCmd().withFilter("label", labels).exec().getVolumes().stream()
                    .map(volume -> volume.getName())
                    .filter(name -> name.startsWith(names.container(app) + "-"))
                    .forEach(this::remove);
        });
    }

    private void remove(String volume) {
        try {
            engine.client().removeVolumeCmd(volume).exec();
        } catch (NotFoundException gone) {
            // As asked.
        }
    }
}
