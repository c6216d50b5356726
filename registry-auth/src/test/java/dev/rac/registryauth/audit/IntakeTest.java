package dev.rac.registryauth.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rac.service.time.MutableClock;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class IntakeTest {
    private final Intake intake = new Intake(new MutableClock(Instant.EPOCH), new SecureRandom());

    @Test
    void isBoundedAndKeepsRoomForChanges() {
        IntStream.range(0, 50_000)
                .forEach(i -> intake.add(new AuditEvent("", "login.fail", "", "source-" + i, false, "")));
        assertThat(intake.waiting()).isEqualTo(8_000);
        assertThat(intake.dropped()).isEqualTo(42_000);

        IntStream.range(0, 50_000)
                .forEach(i -> intake.add(new AuditEvent("alice", "claim.create", "repository:" + i, "", true, "")));
        assertThat(intake.waiting()).isEqualTo(Intake.MAX_WAITING);
        assertThat(intake.dropped()).isEqualTo(90_000);
    }

    @Test
    void thereIsRoomAgainOnceTheyAreWritten() {
        IntStream.range(0, Intake.MAX_WAITING + 1)
                .forEach(i -> intake.add(new AuditEvent("alice", "claim.create", "repository:" + i, "", true, "")));
        List<OpenEntry> taken = new ArrayList<>();
        intake.drainTo(taken);
        assertThat(taken).hasSize(Intake.MAX_WAITING);
        assertThat(intake.waiting()).isEqualTo(Intake.MAX_WAITING);

        intake.written(taken.size());
        assertThat(intake.waiting()).isZero();
    }

    @Test
    void aFloodOfOneKindLeavesTheOthersTheirs() {
        IntStream.range(0, 10_000).forEach(i -> intake.add(read(i, "source-" + i % 10)));
        intake.add(new AuditEvent("alice", "login.fail", "", "y", false, ""));
        intake.add(new AuditEvent("alice", "token.write", "repository:hello", "y", true, ""));

        // What is beyond the budget is one entry for each source.
        assertThat(resources()).hasSize(Budgets.BURST + 10 + 2).endsWith("", "repository:hello");
    }

    @Test
    void aFloodFromOneSourceLeavesTheOthersTheirs() {
        IntStream.range(0, 10_000).forEach(i -> intake.add(read(i, "x")));
        intake.add(new AuditEvent("", AuditEvent.TOKEN_READ, "repository:hello", "y", true, ""));

        assertThat(resources()).hasSize(Budgets.BURST_OF_SOURCE + 2).endsWith("*", "repository:hello");
    }

    @Test
    void theBudgetComesBackWithTime() {
        IntStream.range(0, 3_000).forEach(i -> intake.add(read(i, "x")));
        intake.renewBudgets();
        intake.add(new AuditEvent("", AuditEvent.TOKEN_READ, "repository:late", "x", true, ""));

        assertThat(resources()).endsWith("repository:late");
    }

    private static AuditEvent read(int repository, String source) {
        return new AuditEvent("", AuditEvent.TOKEN_READ, "repository:" + repository, source, true, "");
    }

    private List<String> resources() {
        List<OpenEntry> taken = new ArrayList<>();
        intake.drainTo(taken);
        return taken.stream().map(entry -> entry.event().resource()).toList();
    }
}
