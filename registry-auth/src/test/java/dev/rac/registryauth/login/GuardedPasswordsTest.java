package dev.rac.registryauth.login;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.rac.registryauth.user.Account;
import dev.rac.registryauth.user.Passwords;
import dev.rac.registryauth.user.PasswordsBusyException;
import dev.rac.registryauth.user.Source;
import dev.rac.service.time.MutableClock;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GuardedPasswordsTest {
    private static final String HERE = "192.0.2.1";

    private final MutableClock clock = new MutableClock(Instant.EPOCH);
    private final SecureRandom random = new SecureRandom();
    private final Passwords passwords = new Passwords(4, 1, random);
    private final List<Duration> pauses = new ArrayList<>();
    private final GuardedPasswords guarded =
            new GuardedPasswords(new RememberedPasswords(this::check, random, () -> 0), clock, pauses::add);
    private final Account alice = account("alice-password");

    @AfterEach
    void close() {
        passwords.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"alice", "nobody"})
    void failuresAreSlowedAndThenRefused(String user) {
        fail(user, HERE, 10);

        assertThat(pauses)
                .containsExactly(
                        Duration.ofMillis(250),
                        Duration.ofMillis(500),
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(2),
                        Duration.ofSeconds(4));
        clock.advance(Duration.ofMinutes(1));
        var refused = catchThrowableOfType(ThrottledException.class, () -> match(user, "alice-password", HERE));
        assertThat(refused.retryAfterSeconds()).isEqualTo(14 * 60);
        assertThat(pauses).hasSize(5);
    }

    @Test
    void theWindowEnds() {
        fail("alice", HERE, 10);
        clock.advance(Duration.ofMinutes(15));

        assertThat(match("alice", "alice-password", HERE)).isTrue();
    }

    @Test
    void nobodyIsLockedOutFromElsewhere() {
        fail("alice", HERE, 10);
        pauses.clear();

        assertThat(match("alice", "alice-password", "192.0.2.2")).isTrue();
        assertThat(match("bob", "x", HERE)).isFalse();
        assertThat(pauses).isEmpty();
    }

    @Test
    void ofIpv6A56IsOnePlace() {
        fail("alice", "2001:db8::1", 10);

        assertThatThrownBy(() -> match("alice", "alice-password", "2001:db8:0:ff:ffff::9"))
                .isInstanceOf(ThrottledException.class);
        assertThat(match("alice", "alice-password", "2001:db8:0:100::1")).isTrue();
    }

    @Test
    void theSameWrongPasswordCountsOnceAndIsNotCheckedAgain() {
        assertThat(match("alice", "wrong", HERE)).isFalse();
        passwords.close();

        for (int i = 0; i < 100; i++) {
            assertThat(match("alice", "wrong", HERE)).isFalse();
        }
        assertThat(pauses).isEmpty();
        assertThatThrownBy(() -> match("alice", "another", HERE)).isInstanceOf(PasswordsBusyException.class);
    }

    @Test
    void whatIsKnownToBeWrongIsSaidSoEvenWhereNoMoreAreTried() {
        fail("alice", HERE, 10);

        assertThat(match("alice", "wrong-3", HERE)).isFalse();
        assertThatThrownBy(() -> match("alice", "wrong-10", HERE)).isInstanceOf(ThrottledException.class);
    }

    @Test
    void whoHasBeenHeldMakesRoomForOthers() {
        // More than may be held at one time.
        for (int user = 0; user < 45; user++) {
            fail("user" + user, HERE, 10);
        }
        assertThat(pauses).hasSize(45 * 5);
    }

    @Test
    void whoComesWhileTooManyAreHeldIsRefused() throws InterruptedException {
        var held = new Semaphore(0);
        var end = new CountDownLatch(1);
        var all = new AtomicInteger();
        GuardedPasswords holding = guarded(time -> {
            held.release();
            // One too many is not held here, so that it would be seen.
            if (all.incrementAndGet() <= GuardedPasswords.MAX_HELD) {
                end.await();
            }
        });
        // Of each user, five are free and five are held.
        int users = GuardedPasswords.MAX_HELD / 5;
        for (int user = 0; user <= users; user++) {
            for (int i = 0; i < 5; i++) {
                assertThat(wrong(holding, "user" + user, i)).isFalse();
            }
        }
        var requests = new ArrayList<Thread>();
        try {
            for (int i = 0; i < GuardedPasswords.MAX_HELD; i++) {
                String user = "user" + i / 5;
                int password = 5 + i % 5;
                requests.add(Thread.startVirtualThread(() -> wrong(holding, user, password)));
            }
            assertThat(held.tryAcquire(GuardedPasswords.MAX_HELD, 30, TimeUnit.SECONDS))
                    .isTrue();

            assertThatThrownBy(() -> wrong(holding, "user" + users, 5)).isInstanceOf(ThrottledException.class);
            assertThat(wrong(holding, "another", 0)).isFalse();
        } finally {
            end.countDown();
        }
        for (Thread request : requests) {
            request.join();
        }
        assertThat(wrong(holding, "user" + users, 5)).isFalse();
    }

    @Test
    void whatIsKeptOfStrangersIsBounded() {
        GuardedPasswords quick = guarded(pauses::add);
        for (int i = 0; i < GuardedPasswords.MAX_PAIRS + 1000; i++) {
            assertThat(wrong(quick, "user" + i, 0)).isFalse();
        }

        assertThat(quick.kept()).isEqualTo(GuardedPasswords.MAX_PAIRS);
    }

    @Test
    void nothingIsKeptBeyondTheWindow() {
        assertThat(wrong(guarded, "alice", 0)).isFalse();
        clock.advance(Duration.ofMinutes(15).minusMillis(1));
        assertThat(guarded.kept()).isEqualTo(1);

        clock.advance(Duration.ofMillis(1));
        assertThat(guarded.kept()).isZero();
    }

    @Test
    void ofALongNameOnlyTheBeginningIsKept() {
        String name = "n".repeat(GuardedPasswords.MAX_NAME);
        for (int i = 0; i < 10; i++) {
            assertThat(wrong(guarded, name + i, i)).isFalse();
        }

        assertThatThrownBy(() -> wrong(guarded, name, 10)).isInstanceOf(ThrottledException.class);
        assertThat(guarded.kept()).isEqualTo(1);
    }

    @Test
    void whatWasWrongMayBeRightAfterAChange() {
        assertThat(match("alice", "next-password", HERE)).isFalse();

        assertThat(guarded.match("alice", "next-password", Optional.of(account("next-password")), HERE))
                .isTrue();
    }

    @Test
    void aRightPasswordInTheSlowPhaseForgivesWhatWasWrong() {
        fail("alice", HERE, 8);
        assertThat(match("alice", "alice-password", HERE)).isTrue();
        pauses.clear();

        fail("alice", HERE, 5);
        assertThat(pauses).isEmpty();
    }

    @Test
    void whatCouldNotBeCheckedDoesNotCount() {
        passwords.close();
        for (int i = 0; i < 20; i++) {
            String password = "wrong-" + i;
            assertThatThrownBy(() -> match("alice", password, HERE)).isInstanceOf(PasswordsBusyException.class);
        }
        assertThat(pauses).isEmpty();
        assertThat(guarded.kept()).isZero();
    }

    @Test
    void whatWasWrongCountsOnWhereNothingMoreIsChecked() {
        fail("alice", HERE, 3);
        passwords.close();
        assertThatThrownBy(() -> match("alice", "another", HERE)).isInstanceOf(PasswordsBusyException.class);

        assertThat(guarded.kept()).isEqualTo(1);
    }

    /** Checks nothing: every password is wrong at once. */
    private GuardedPasswords guarded(GuardedPasswords.Pause pause) {
        var wrong = new RememberedPasswords(
                (account, password, source) -> CompletableFuture.completedFuture(false), random, () -> 0);
        return new GuardedPasswords(wrong, clock, pause);
    }

    private static boolean wrong(GuardedPasswords guarded, String user, int password) {
        return guarded.match(user, "wrong-" + password, Optional.empty(), HERE);
    }

    private void fail(String user, String source, int times) {
        for (int i = 0; i < times; i++) {
            assertThat(match(user, "wrong-" + i, source)).isFalse();
        }
    }

    private boolean match(String user, String password, String source) {
        return guarded.match(user, password, user.equals("alice") ? Optional.of(alice) : Optional.empty(), source);
    }

    private CompletableFuture<Boolean> check(Optional<Account> account, String password, Source source) {
        String hash = account.map(Account::passwordHash).orElseGet(passwords::nobodysHash);
        return passwords.verify(password, hash, source);
    }

    private Account account(String password) {
        return new Account("alice", passwords.hash(password, Source.of(HERE)), 1, false, Instant.EPOCH);
    }
}
