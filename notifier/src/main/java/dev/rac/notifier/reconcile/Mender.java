package dev.rac.notifier.reconcile;

import dev.rac.notifier.deploy.Deployments;
import dev.rac.notifier.deploy.Known;
import dev.rac.notifier.deploy.Removals;
import dev.rac.notifier.event.Push;
import dev.rac.targets.App;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Does what is to be done, one thing after another, so that what is pushed meanwhile need not wait. */
final class Mender {
    private static final Logger LOG = LoggerFactory.getLogger(Mender.class);
    // What takes longer, such as a large image, goes on beside the next one.
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(100);

    private final Deployments deployments;
    private final Removals removals;
    private final Pace pace;
    private final Counter missed;
    private final Counter gone;
    private final Counter adopted;
    private final Counter orphans;

    Mender(Deployments deployments, Removals removals, Pace pace, MeterRegistry metrics) {
        this.deployments = deployments;
        this.removals = removals;
        this.pace = pace;
        missed = metrics.counter("rac.reconcile.mended", "what", "missed");
        gone = metrics.counter("rac.reconcile.mended", "what", "gone");
        adopted = metrics.counter("rac.reconcile.mended", "what", "adopted");
        orphans = metrics.counter("rac.reconcile.mended", "what", "orphan");
    }

    /**
     * Mends.
     *
     * @param known what it was decided from
     * @return whether anything was done; not so if it was done before
     */
    boolean mend(Mend mend, Look look, Known known) throws InterruptedException {
        return switch (mend) {
            case Mend.Missed(Push push) ->
                deploy(push, known, missed, "the registry has it, but never told of it; deploys it");
            case Mend.Gone(Push push) ->
                deploy(push, known, gone, "was deployed, but is not on the target any more; deploys it again");
            case Mend.Adopt adopt -> {
                deployments.adopt(adopt.push(), adopt.app());
                LOG.info(
                        "{}: {} runs it already; left as it is",
                        adopt.push(),
                        adopt.app().name());
                adopted.increment();
                yield true;
            }
            case Mend.Complete complete -> {
                removals.complete(complete.repository(), complete.digests(), look.at());
                yield false;
            }
            case Mend.Orphan(App app) -> remove(app);
        };
    }

    private boolean remove(App app) {
        if (!deployments.removeOrphan(app)) {
            return false;
        }
        LOG.info("{}:{}: the tag was deleted; removed its preview {}", app.repository(), app.tag(), app.name());
        orphans.increment();
        return true;
    }

    private boolean deploy(Push push, Known known, Counter counter, String why) throws InterruptedException {
        if (!deployments.submitFound(push, known)) {
            return false;
        }
        LOG.info("{}: {}", push, why);
        counter.increment();
        long begun = System.nanoTime();
        while (deployments.isUnderWay(push) && System.nanoTime() - begun < PATIENCE.toNanos()) {
            pace.pause(LOOK_AGAIN);
        }
        return true;
    }
}
