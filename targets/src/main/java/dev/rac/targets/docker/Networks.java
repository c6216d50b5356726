package dev.rac.targets.docker;

import com.github.dockerjava.api.exception.ConflictException;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.Network;
import dev.rac.targets.TargetException;
import java.util.Map;
import java.util.Optional;

/** The one network that all apps of a namespace are in. */
final class Networks {
    // Apps reach the world, and the front door reaches them, but they do not reach each other.
    private static final Map<String, String> APART = Map.of("com.docker.network.bridge.enable_icc", "false");

    private final Engine engine;
    private final ObjectNames names;

    Networks(Engine engine, ObjectNames names) {
        this.engine = engine;
        this.names = names;
    }

    /**
     * Creates the network if it is not there.
     *
     * @throws TargetException if there is one of that name that is not ours
     */
    void ensure() {
        String name = names.network();
        engine.tell("create network " + name, () -> {
            Optional<Network> existing = find(name);
            if (existing.isEmpty()) {
                create(name);
            } else if (!isOurs(existing.get())) {
                throw new TargetException("there is a network " + name
                        + " that is not RAC's: remove it, or choose another namespace (RAC_NAMESPACE)");
            }
        });
    }

    private Optional<Network> find(String name) {
        try {
            return Optional.of(
                    engine.client().inspectNetworkCmd().withNetworkId(name).exec());
        } catch (NotFoundException none) {
            return Optional.empty();
        }
    }

    private void create(String name) {
        try {
            engine.client()
                    .createNetworkCmd()
                    .withName(name)
                    .withDriver("bridge")
                    .withCheckDuplicate(true)
                    .withOptions(APART)
                    .withLabels(Labels.of(names.namespace()))
                    .exec();
        } catch (ConflictException createdMeanwhile) {
            // By another process of this namespace, or the next call tells that it is foreign.
        }
    }

    private boolean isOurs(Network network) {
        return Optional.ofNullable(network.getLabels())
                .map(labels -> names.namespace().equals(labels.get(Labels.NAMESPACE)))
                .orElse(false);
    }
}
