package dev.rac.targets.docker;

import com.github.dockerjava.api.command.PullImageCmd;
import com.github.dockerjava.api.exception.ConflictException;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.AuthConfig;
import com.github.dockerjava.api.model.PullResponseItem;
import dev.rac.targets.PullCredential;
import dev.rac.targets.TargetException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/** Pulls images, one at a time: two at once take turns on the same line and disk, and the first is ready later. */
final class Images {
    private static final Duration PULL_LIMIT = Duration.ofMinutes(15);

    private final Engine engine;
    private final Lock oneAtATime = new ReentrantLock(true);

    Images(Engine engine) {
        this.engine = engine;
    }

    /**
     * Pulls the image, unless the engine has it: what a digest names never changes.
     *
     * @param image {@code <host>/<repository>@sha256:…}
     * @throws TargetException if that fails, or takes longer than a quarter of an hour
     */
    void pull(String image, PullCredential credential) {
        if (has(image)) {
            return;
        }
        try {
            oneAtATime.lockInterruptibly();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TargetException("interrupted before pulling " + image, e);
        }
        try {
            engine.calls().within(PULL_LIMIT, "pulling " + image, () -> {
                engine.tell("pull " + image, () -> pullNow(image, credential));
                return true;
            });
        } finally {
            oneAtATime.unlock();
        }
    }

    private boolean has(String image) {
        return engine.ask("inspect image " + image, () -> {
            try {
                engine.client().inspectImageCmd(image).exec();
                return true;
            } catch (NotFoundException none) {
                return false;
            }
        });
    }

    /**
     * Removes a repository's images that no container uses, but for some.
     *
     * @param repository {@code <host>/<repository>}
     * @param kept digests of images that stay
     */
    void remove(String repository, Set<String> kept) {
        engine.tell(
                "remove old images of " + repository,
                () -> engine.client().listImagesCmd().exec().stream()
                        .flatMap(image -> Arrays.stream(
                                Optional.ofNullable(image.getRepoDigests()).orElse(new String[0])))
                        .filter(reference -> reference.startsWith(repository + "@"))
                        .filter(reference -> !kept.contains(reference.substring(repository.length() + 1)))
                        .forEach(this::removeNow));
    }

    private void removeNow(String reference) {
        try {
            engine.client().removeImageCmd(reference).exec();
        } catch (NotFoundException gone) {
            // As asked.
        } catch (ConflictException used) {
            // By a container, which is why it stays.
        }
    }

    private void pullNow(String image, PullCredential credential) {
        var error = new AtomicReference<Optional<String>>(Optional.empty());
        int at = image.indexOf('@');
        try (var stream = new StreamResult<PullResponseItem>(
                item -> error(item).ifPresent(text -> error.set(Optional.of(text))))) {
            PullImageCmd pull = at < 0
                    ? engine.client().pullImageCmd(image)
                    : engine.client().pullImageCmd(image.substring(0, at)).withTag(image.substring(at + 1));
            pull.withAuthConfig(new AuthConfig()
                            .withRegistryAddress(credential.registry())
                            .withUsername(credential.user())
                            .withPassword(credential.password()))
                    .exec(stream);
            stream.await();
        }
        error.get().ifPresent(text -> {
            throw new TargetException("cannot pull " + image + ": " + text);
        });
    }

    private static Optional<String> error(PullResponseItem item) {
        return Optional.ofNullable(item.getErrorDetail()).flatMap(detail -> Optional.ofNullable(detail.getMessage()));
    }
}
