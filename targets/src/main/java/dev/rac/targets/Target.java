package dev.rac.targets;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;

/**
 * A place where apps run. All methods block; callers use virtual threads. Thread-safe.
 *
 * <p>Every change is idempotent: the same call twice leaves what one call leaves. Calls for one app take effect one
 * after another. Nothing that this RAC did not make is ever touched. The platform's own objects hold the state, so
 * several processes may use one target at once.
 */
public interface Target extends AutoCloseable {

    /** {@code docker} or {@code kubernetes}. */
    String kind();

    /** What images must be built for to run here. */
    Platform platform();

    /** Why the platform does not answer, or nothing. */
    Optional<String> problem();

    /**
     * Creates the app, or brings it to another revision. What {@linkplain AppStatus#isDeployed is deployed} already is
     * left as it is, but for the credential, which is always renewed. Volumes keep their data.
     *
     * <p>What slept sleeps afterwards: nothing is started. What ran runs afterwards. If the app
     * {@linkplain App#startsFirst starts first}, an instance of the new revision is started beside the old one, and
     * takes its place once it answers; the old one is stopped when its requests have had their time. Else the old one
     * stops first. Should the new revision not answer within its {@link App.Health#timeout()}, the last one stays, or
     * comes back.
     *
     * @throws AppFailedException if the new revision does not answer
     * @throws TargetException if the image cannot be pulled or the platform refuses
     */
    void deploy(App app, AppSecrets secrets);

    /**
     * Starts the app if nothing of it runs, and waits until an instance has an address. That the address answers is
     * for the caller to find out.
     *
     * @param timeout how long to wait for the address
     * @return the addresses, at least one
     * @throws UnknownAppException if there is no such app
     * @throws AppFailedException if the instance ended, or cannot start
     * @throws TargetException if the platform does not do it, or not in time
     */
    List<Endpoint> wake(AppName name, Duration timeout);

    /**
     * Pauses every instance of an app that is awake: its processes keep their memory and use no processor, until a wake
     * has them go on. What is not awake is left as it is, and so is what is being updated.
     *
     * @return whether the app is frozen now; never where the platform cannot do that
     * @throws UnknownAppException if there is no such app
     */
    boolean freeze(AppName name);

    /** Whether {@link #freeze} ever does anything. */
    boolean freezes();

    /**
     * How much of the host's memory the instances of an app hold, in bytes.
     *
     * @return nothing where that is not known
     */
    OptionalLong memory(AppName name);

    /**
     * Stops every instance, giving its process ten seconds to end; also one that is frozen, and one that is being started
     * as an update. A failure recorded before is forgotten. This need not wait for their end. Where two instances may
     * run at once (see {@link App#startsFirst}), a wake starts another one at once; else it waits for the end first.
     *
     * @throws UnknownAppException if there is no such app
     */
    void sleep(AppName name);

    /**
     * Stops every instance and records why, with its exit status and last log lines; the app is
     * {@link AppState#FAILED} until it is woken or deployed again. Does nothing if another revision is there by now.
     *
     * @param app the revision that failed
     * @param reason one sentence for the pusher
     * @throws UnknownAppException if there is no such app
     */
    void fail(App app, String reason);

    /** Removes the app; its volumes stay. Does nothing where there is no such app. */
    void remove(AppName name);

    /** Removes the volumes that an app left, once the app itself is removed. Does nothing where there are none. */
    void removeVolumes(AppName name);

    /**
     * Gives the lines of an instance's output as they are written, the oldest first, until the instance has ended; the
     * thread's interruption ends it before.
     *
     * @param instance see {@link Endpoint#instance()}
     * @param since only lines after it; those of that very moment may come again
     * @throws TargetException if there is no such instance (any more), or the connection is lost
     */
    void followLog(AppName name, String instance, Optional<Instant> since, Consumer<LogLine> lines);

    /**
     * Frees the room of a repository's images that no app here uses, where the target itself keeps images.
     *
     * @param repository images of it, as {@link App#image()} has them before the {@code @}
     * @param kept digests of images that stay
     */
    void removeImages(String repository, Set<String> kept);

    /** Every app, in the order of its name. */
    List<AppStatus> apps();

    Optional<AppStatus> find(AppName name);

    /**
     * Tells the watcher every app that there is, then every change, until the returned handle is closed. All calls
     * come one after another; those of the first round are over when this method returns. After a lost connection the
     * watcher is told what differs. A change may be told more than once.
     */
    Watch watch(Watcher watcher);

    @Override
    void close();

    /** Hears of apps. */
    interface Watcher {
        void changed(AppStatus status);

        void removed(AppName name);
    }

    /** Ends a watch when closed. */
    interface Watch extends AutoCloseable {
        @Override
        void close();
    }
}
