package dev.rac.registryauth.audit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AuditEventTest {
    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r", "\u0000", "\u001b", "\u0085", "\u2028", "\u2029", "\u202e", "\u200b", "\ud800"})
    void nothingBreaksALineOrTurnsIt(String evil) {
        var event = new AuditEvent("a" + evil, "b" + evil, "c" + evil, "d" + evil, true, "e" + evil);

        assertThat(event).isEqualTo(new AuditEvent("a\uFFFD", "b\uFFFD", "c\uFFFD", "d\uFFFD", true, "e\uFFFD"));
    }

    @Test
    void ordinaryTextStaysAsItIs() {
        assertThat(event("claim.member", "repository:alice/hello", true, "pässwörd ~ 日本")
                        .detail())
                .isEqualTo("pässwörd ~ 日本");
    }

    @Test
    void everythingIsBounded() {
        String endless = "x".repeat(100_000);
        var event = new AuditEvent(endless, endless, endless, endless, true, endless);

        assertThat(event.actor()).hasSize(64).endsWith("x…");
        assertThat(event.action()).hasSize(64);
        assertThat(event.resource()).hasSize(300);
        assertThat(event.source()).hasSize(64);
        assertThat(event.detail()).hasSize(500);
    }

    @Test
    void theLongestRepositoryNameFits() {
        String resource = "repository:" + "x".repeat(255);

        assertThat(event("claim.create", resource, true, "").resource()).isEqualTo(resource);
    }

    @Test
    void aSummaryKeepsWhoOnlyWhereThatIsProved() {
        assertThat(event("token.read", "repository:a", true, "x").summary())
                .isEqualTo(event("token.read", "*", true, "too many to be written one by one"));
        assertThat(event("login.fail", "", false, "x").summary().actor()).isEqualTo("*");
        assertThat(event("claim.create", "repository:a", false, "x").summary().actor())
                .isEqualTo("alice");
    }

    private static AuditEvent event(String action, String resource, boolean allowed, String detail) {
        return new AuditEvent("alice", action, resource, "192.0.2.1", allowed, detail);
    }
}
