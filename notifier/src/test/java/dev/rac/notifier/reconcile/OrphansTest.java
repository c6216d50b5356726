package dev.rac.notifier.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rac.targets.App;
import java.util.List;
import org.junit.jupiter.api.Test;

class OrphansTest {
    private final World world = new World();
    private final Orphans orphans = new Orphans();

    @Test
    void aPreviewWithoutItsTagIsRemovedInTheSecondRound() {
        world.registry("latest", "a").app("latest", "a", 1).app("v1", "a", 1);

        assertThat(round()).isEmpty();
        assertThat(round()).containsExactly(world.apps.getLast());
    }

    @Test
    void aTagThatIsBackInTheSecondRoundSavesItsPreview() {
        world.registry("latest", "a").app("v1", "a", 1);
        round();
        world.registry("v1", "a");
        assertThat(round()).isEmpty();
        world.registry.remove("v1");

        assertThat(round()).isEmpty();
    }

    @Test
    void aRoundThatDoesNotComeToItsEndDoesNotCount() {
        world.registry("latest", "a").app("v1", "a", 1);
        orphans.begin();
        orphans.found(found());
        orphans.begin();

        assertThat(orphans.found(found())).isEmpty();
    }

    @Test
    void aRepositorysOwnAppIsKept() {
        world.registry("v1", "a").app("latest", "a", 1);
        round();

        assertThat(round()).isEmpty();
    }

    @Test
    void whatWasPushedSinceTheLookOrIsUnderWayIsNoOrphan() {
        world.registry("latest", "a").app("v1", "a", 11).app("v2", "a", 1).pending("v2");

        assertThat(found()).isEmpty();
    }

    private List<App> round() {
        orphans.begin();
        List<App> doomed = orphans.found(found());
        orphans.finish();
        return doomed;
    }

    private List<App> found() {
        return Orphans.of(world.look(10), world.known(), world.apps);
    }
}
