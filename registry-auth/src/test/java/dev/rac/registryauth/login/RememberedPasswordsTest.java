package dev.rac.registryauth.login;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rac.registryauth.user.Account;
import dev.rac.registryauth.user.Passwords;
import dev.rac.registryauth.user.PasswordsBusyException;
import dev.rac.registryauth.user.Source;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Whether a password was checked again shows in what happens when the checking threads have ended: then only what is
 * remembered is answered.
 */
class RememberedPasswordsTest {
    private static final Source HERE = Source.of("192.0.2.1");

    private final AtomicLong nanos = new AtomicLong();
    private final Passwords passwords = new Passwords(4, 1, new SecureRandom());
    private final RememberedPasswords remembered = new RememberedPasswords(
            (account, password, source) -> passwords.verify(
                    password, account.map(Account::passwordHash).orElseGet(passwords::nobodysHash), source),
            new SecureRandom(),
            nanos::get);
    private final Account alice = account("alice", passwords.hash("alice-password", HERE));

    @AfterEach
    void close() {
        passwords.close();
    }

    @Test
    void remembersARightPasswordForAMinute() {
        assertThat(match("alice-password", alice)).isTrue();
        passwords.close();

        nanos.addAndGet(Duration.ofSeconds(59).toNanos());
        assertThat(match("alice-password", alice)).isTrue();
        nanos.addAndGet(Duration.ofSeconds(1).toNanos());
        assertThat(asks("alice-password", alice)).isTrue();
    }

    @Test
    void remembersNoWrongPassword() {
        assertThat(match("wrong-password", alice)).isFalse();
        assertThat(match("nobody", "wrong-password", Optional.empty())).isFalse();
        passwords.close();

        assertThat(asks("wrong-password", alice)).isTrue();
        assertThat(asks("alice-password", alice)).isTrue();
    }

    @Test
    void aNewHashMakesItForget() {
        assertThat(match("alice-password", alice)).isTrue();
        Account changed = account("alice", passwords.hash("another-password", HERE));

        assertThat(match("alice-password", changed)).isFalse();
        assertThat(match("another-password", changed)).isTrue();
    }

    @Test
    void aNewVersionOfTheAccountMakesItForget() {
        assertThat(match("alice-password", alice)).isTrue();
        passwords.close();

        assertThat(asks("alice-password", new Account("alice", alice.passwordHash(), 2, false, Instant.EPOCH)))
                .isTrue();
    }

    @Test
    void forgetsOneUser() {
        Account bob = account("bob", alice.passwordHash());
        assertThat(match("alice-password", alice)).isTrue();
        assertThat(match("alice-password", bob)).isTrue();

        remembered.forget("alice");
        passwords.close();

        assertThat(asks("alice-password", alice)).isTrue();
        assertThat(match("alice-password", bob)).isTrue();
    }

    @Test
    void anotherNameOrPasswordIsNotRemembered() {
        assertThat(match("alice-password", alice)).isTrue();

        assertThat(match("bob", "alice-password", Optional.of(account("bob", alice.passwordHash()))))
                .isTrue();
        passwords.close();
        assertThat(asks("alice-passwore", alice)).isTrue();
        assertThat(match("alice-password", alice)).isTrue();
    }

    @Test
    void withoutAnAccountEvenNobodysPasswordIsWrong() {
        assertThat(match("nobody", "alice-password", Optional.empty())).isFalse();
    }

    private boolean match(String password, Account account) {
        return match(account.name(), password, Optional.of(account));
    }

    private boolean match(String name, String password, Optional<Account> account) {
        return remembered.match(name, password, account, remembered.fingerprint(name, password, account), HERE);
    }

    /** Whether the answer needs the threads, which have ended. */
    private boolean asks(String password, Account account) {
        try {
            match(password, account);
            return false;
        } catch (PasswordsBusyException e) {
            return true;
        }
    }

    private static Account account(String name, String hash) {
        return new Account(name, hash, 1, false, Instant.EPOCH);
    }
}
