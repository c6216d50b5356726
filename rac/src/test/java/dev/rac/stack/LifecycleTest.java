package dev.rac.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class LifecycleTest {
    private final List<String> ended = new ArrayList<>();
    private final Lifecycle life = new Lifecycle();

    @Test
    void partsEndInReverseOrderAndOnce() {
        life.started(() -> ended.add("first"));
        life.started(() -> ended.add("second"));
        life.close();
        life.close();
        assertThat(ended).containsExactly("second", "first");
    }

    @Test
    void aPartThatDoesNotEndCleanlyDoesNotKeepTheOthersAlive() {
        life.started(() -> ended.add("first"));
        life.started(() -> {
            throw new IllegalStateException("stuck");
        });
        life.close();
        assertThat(ended).containsExactly("first");
    }

    @Test
    void whatStartsAfterTheEndIsEndedAtOnce() {
        life.close();
        assertThatThrownBy(() -> life.started(() -> ended.add("late"))).isInstanceOf(StackException.class);
        assertThat(ended).containsExactly("late");
    }
}
