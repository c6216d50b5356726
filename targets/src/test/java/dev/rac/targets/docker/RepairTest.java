package dev.rac.targets.docker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rac.targets.AppName;
import dev.rac.targets.docker.AppContainer.Role;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class RepairTest {
    private static final AppContainer MAIN = container("a", Role.MAIN);
    private static final AppContainer NEXT = container("b", Role.NEXT);
    private static final AppContainer GONE = container("c", Role.GONE);
    private static final AppContainer CANDIDATE = container("d", Role.CANDIDATE);
    private static final AppContainer RETIRED = container("e", Role.RETIRED);

    @Test
    void oneContainerOrNoneIsSettled() {
        assertThat(Repair.step(List.of())).isEqualTo(new Repair.Settled(Optional.empty()));
        assertThat(Repair.step(List.of(MAIN))).isEqualTo(new Repair.Settled(Optional.of(MAIN)));
    }

    @Test
    void theLastOneGoesBeforeTheNextTakesItsName() {
        assertThat(Repair.step(List.of(MAIN, NEXT))).isEqualTo(new Repair.Discard("a"));
        assertThat(Repair.step(List.of(NEXT))).isEqualTo(new Repair.Promote("b"));
        assertThat(Repair.step(List.of(NEXT, RETIRED))).isEqualTo(new Repair.Promote("b"));
    }

    @Test
    void whatIsLeftOfARemovedAppGoesFirst() {
        assertThat(Repair.step(List.of(MAIN, NEXT, GONE))).isEqualTo(new Repair.Discard("c"));
        assertThat(Repair.step(List.of(GONE))).isEqualTo(new Repair.Discard("c"));
    }

    @Test
    void aCandidateIsLeftAloneUntilTheMainOneIsRetired() {
        assertThat(Repair.step(List.of(MAIN, CANDIDATE))).isEqualTo(new Repair.Settled(Optional.of(MAIN)));
        assertThat(Repair.step(List.of(MAIN, CANDIDATE, RETIRED))).isEqualTo(new Repair.Settled(Optional.of(MAIN)));
        assertThat(Repair.step(List.of(CANDIDATE))).isEqualTo(new Repair.Settled(Optional.empty()));
        assertThat(Repair.step(List.of(CANDIDATE, RETIRED))).isEqualTo(new Repair.Promote("d"));
        assertThat(Repair.step(List.of(NEXT, CANDIDATE, RETIRED))).isEqualTo(new Repair.Promote("b"));
    }

    @Test
    void aRetiredOneServesItsLastRequestsAndIsNoAppAnyMore() {
        assertThat(Repair.step(List.of(MAIN, RETIRED))).isEqualTo(new Repair.Settled(Optional.of(MAIN)));
        assertThat(Repair.step(List.of(RETIRED))).isEqualTo(new Repair.Settled(Optional.empty()));
        assertThat(AppContainer.current(List.of(RETIRED))).isEmpty();
        assertThat(AppContainer.current(List.of(MAIN, CANDIDATE, RETIRED))).contains(MAIN);
        assertThat(AppContainer.current(List.of(CANDIDATE, RETIRED))).contains(CANDIDATE);
        assertThat(AppContainer.current(List.of(CANDIDATE))).isEmpty();
    }

    @Test
    void theNextOneCountsAsSoonAsItIsThereAndARemovedOneNoMore() {
        assertThat(AppContainer.current(List.of(MAIN, NEXT))).contains(NEXT);
        assertThat(AppContainer.current(List.of(MAIN))).contains(MAIN);
        assertThat(AppContainer.current(List.of(GONE))).isEmpty();
    }

    private static AppContainer container(String id, Role role) {
        return new AppContainer(id, new AppName("hello"), role, false);
    }
}
