package dev.rac.service.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class CredentialsTest {
    @Test
    void noHeaderIsNobody() {
        assertThat(Credentials.parse(null)).isEqualTo(new Credentials.None());
        assertThat(Credentials.parse(" ")).isEqualTo(new Credentials.None());
        assertThat(Credentials.parse(basic(":"))).isEqualTo(new Credentials.None());
    }

    @Test
    void thePasswordMayHoldColonsAndAnyCharacter() {
        assertThat(Credentials.parse(basic("alice:a:b ü"))).isEqualTo(new Credentials.Basic("alice", "a:b ü"));
        assertThat(Credentials.parse(basic("alice:"))).isEqualTo(new Credentials.Basic("alice", ""));
    }

    @Test
    void theSchemeIsReadInAnyCase() {
        assertThat(Credentials.parse("bEaReR  abc")).isEqualTo(new Credentials.Bearer("abc"));
        assertThat(Credentials.parse(basic("a:b").replace("Basic", "BASIC"))).isInstanceOf(Credentials.Basic.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Basic", "Basic %%%", "Basic bm9jb2xvbg==", "Basic /w==", "Digest x", "x"})
    void whatCannotBeReadIsNotTakenForNobody(String header) {
        assertThat(Credentials.parse(header)).isInstanceOf(Credentials.Malformed.class);
    }

    @Test
    void secretsAreNotShown() {
        assertThat(Credentials.parse(basic("alice:secret")).toString()).doesNotContain("secret");
        assertThat(new Credentials.Bearer("secret").toString()).doesNotContain("secret");
    }

    private static String basic(String userAndPassword) {
        return "Basic " + Base64.getEncoder().encodeToString(userAndPassword.getBytes(StandardCharsets.UTF_8));
    }
}
