package dev.rac.targets.kubernetes;

import dev.rac.targets.App;
import dev.rac.targets.AppJson;
import dev.rac.targets.AppState;
import dev.rac.targets.AppStatus;
import dev.rac.targets.Endpoint;
import dev.rac.targets.Failure;
import io.fabric8.kubernetes.api.model.ContainerStateWaiting;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;

/**
 * An app as the cluster has it: pure, from its Deployment and its pods, of whatever revision.
 *
 * @param app the revision that counts: while an update has not answered, the last one for as long as it serves
 * @param revision the mark of that revision's pods
 * @param updating whether that is the last one, and the Deployment's own is being started beside it
 * @param pods all of the app's pods, those that end included
 */
record AppView(App app, String revision, boolean updating, Deployment deployment, List<Pod> pods) {
    private static final Logger LOG = LoggerFactory.getLogger(AppView.class);

    private static final Set<String> BEING_CREATED = Set.of("ContainerCreating", "PodInitializing");

    AppView {
        pods = pods.stream().sorted(Comparator.comparing(AppView::uid)).toList();
    }

    /** Nothing if the Deployment does not say which app it is: somebody changed it, or made it after one of ours. */
    static Optional<AppView> of(Deployment deployment, List<Pod> pods) {
        return wanted(deployment, pods).map(wanted -> wanted.last().orElse(wanted));
    }

    /** As {@link #of}, but of the Deployment's own revision, even while the last one serves. */
    static Optional<AppView> wanted(Deployment deployment, List<Pod> pods) {
        String revision = Names.annotation(deployment.getSpec().getTemplate().getMetadata(), Names.REVISION);
        return app(deployment, Names.APP).map(app -> new AppView(app, revision, false, deployment, pods));
    }

    /** The last revision, while an update is under way and it serves. Where it does not, the new one is all there is. */
    private Optional<AppView> last() {
        String json = Names.annotation(deployment, Names.LAST);
        if (json.isEmpty() || replicas() == 0) {
            return Optional.empty();
        }
        return app(deployment, Names.LAST)
                .map(last -> new AppView(last, Names.revision(json), true, deployment, pods))
                .filter(last -> !last.endpoints().isEmpty());
    }

    private static Optional<App> app(Deployment deployment, String annotation) {
        String name = deployment.getMetadata().getName();
        try {
            App app = AppJson.readApp(Names.annotation(deployment, annotation));
            if (Names.deployment(app.name()).equals(name)) {
                return Optional.of(app);
            }
            LOG.warn("{} of Deployment {} is ignored: it is that of {}", annotation, name, app.name());
        } catch (JacksonException e) {
            LOG.warn(
                    "{} of Deployment {} is ignored: it is not readable: {}", annotation, name, e.getOriginalMessage());
        }
        return Optional.empty();
    }

    /** Whether an update is under way, or was left behind. */
    boolean hasLast() {
        return !Names.annotation(deployment, Names.LAST).isEmpty();
    }

    /** Whether an update has answered, and the pods that it replaced still have time for their last requests. */
    boolean isDraining() {
        return !hasLast()
                && Optional.ofNullable(deployment.getSpec().getMinReadySeconds())
                                .orElse(0)
                        > 0;
    }

    AppStatus status() {
        if (replicas() == 0) {
            Optional<Failure> recorded = recordedFailure();
            return status(recorded.isPresent() ? AppState.FAILED : AppState.ASLEEP, List.of(), recorded);
        }
        List<Endpoint> endpoints = endpoints();
        if (!endpoints.isEmpty()) {
            return status(AppState.AWAKE, endpoints, Optional.empty());
        }
        Optional<Failure> failure = livePods().stream()
                .flatMap(pod -> PodFailure.of(pod).stream())
                // The kubelet tries that again; whoever waits for it decides when it is too late.
                .filter(failed -> !failed.mayPass())
                .map(PodFailure::failure)
                .findFirst();
        return status(failure.isPresent() ? AppState.FAILED : AppState.WAKING, List.of(), failure);
    }

    int replicas() {
        return Optional.ofNullable(deployment.getSpec().getReplicas()).orElse(1);
    }

    /** The Deployment's. */
    String version() {
        return deployment.getMetadata().getResourceVersion();
    }

    /** Nothing if none is recorded, or if somebody else changed it so that it cannot be read. */
    Optional<Failure> recordedFailure() {
        String json = Names.annotation(deployment, Names.FAILURE);
        if (json.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(AppJson.readFailure(json));
        } catch (JacksonException e) {
            LOG.warn("annotation {} of {} is not readable: {}", Names.FAILURE, app.name(), e.getOriginalMessage());
            return Optional.empty();
        }
    }

    /** The pods of this revision that nobody has told to end. */
    List<Pod> livePods() {
        return pods.stream()
                .filter(pod -> !isEnding(pod))
                .filter(pod -> Names.annotation(pod, Names.REVISION).equals(revision))
                .toList();
    }

    /** Where this revision's running containers are. */
    List<Endpoint> endpoints() {
        return livePods().stream()
                .filter(AppView::isRunning)
                .map(pod -> new Endpoint(uid(pod), pod.getStatus().getPodIP(), app.port()))
                .toList();
    }

    static String uid(Pod pod) {
        return pod.getMetadata().getUid();
    }

    /** Whether a pod was told to end, or has ended and will not be restarted. */
    static boolean isEnding(Pod pod) {
        return pod.getMetadata().getDeletionTimestamp() != null || hasEnded(pod);
    }

    /** Whether none of a pod's processes runs, nor will. That its object goes away may take many seconds more. */
    static boolean hasEnded(Pod pod) {
        String phase =
                Optional.ofNullable(pod.getStatus()).map(PodStatus::getPhase).orElse("");
        return phase.equals("Failed")
                || phase.equals("Succeeded")
                || (pod.getMetadata().getDeletionTimestamp() != null
                        && container(pod).filter(AppView::isDown).isPresent());
    }

    /** Whether the kubelet would restart the pod's process, after a pause that may end at any moment. */
    static boolean isBackingOff(Pod pod) {
        return container(pod)
                .map(container -> container.getState().getWaiting())
                .filter(waiting -> "CrashLoopBackOff".equals(waiting.getReason()))
                .isPresent();
    }

    private static boolean isDown(ContainerStatus container) {
        ContainerStateWaiting waiting = container.getState().getWaiting();
        // A container that is being created may start even after its pod was told to end.
        return container.getState().getRunning() == null
                && (waiting == null
                        || !BEING_CREATED.contains(
                                Optional.ofNullable(waiting.getReason()).orElse("")));
    }

    private static boolean isRunning(Pod pod) {
        return pod.getStatus() != null
                && pod.getStatus().getPodIP() != null
                && container(pod)
                        .filter(container -> container.getState().getRunning() != null)
                        .isPresent();
    }

    /** What the kubelet says of the app's container; nothing until it has seen the pod. */
    static Optional<ContainerStatus> container(Pod pod) {
        return Optional.ofNullable(pod.getStatus()).stream()
                .flatMap(status -> status.getContainerStatuses().stream())
                .filter(container -> container.getName().equals(Names.CONTAINER))
                .filter(container -> container.getState() != null)
                .findFirst();
    }

    private AppStatus status(AppState state, List<Endpoint> endpoints, Optional<Failure> failure) {
        return new AppStatus(app, state, endpoints, failure, updating);
    }
}
