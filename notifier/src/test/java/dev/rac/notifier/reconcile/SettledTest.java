package dev.rac.notifier.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rac.targets.App;
import java.util.List;
import org.junit.jupiter.api.Test;

class SettledTest {
    private final Settled settled = new Settled();

    @Test
    void whatIsThereAsItWasIsNoSuspect() {
        List<App> apps = List.of(World.app("a", "1"), World.app("b", "2"));
        assertThat(settled.suspects(apps)).isEmpty();
        settled.take(apps);

        assertThat(settled.suspects(apps)).isEmpty();
        assertThat(settled.suspects(List.of(apps.get(0), apps.get(1), World.app("new", "3"))))
                .isEmpty();
    }

    @Test
    void whatIsGoneIsAndWhatWasUpdatedIsNot() {
        settled.take(List.of(World.app("a", "1"), World.app("b", "2"), World.app("c", "3")));

        assertThat(settled.suspects(List.of(World.app("c", "4"), World.app("b", "2"))))
                .containsExactly("a");
        settled.take(List.of(World.app("b", "2")));
        assertThat(settled.suspects(List.of())).containsExactly("b");
    }
}
