package dev.rac.edgeproxy.wake;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class WakeBudgetTest {
    private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 1_000_000_000L);
    private final WakeBudget budget = new WakeBudget(6, now::get);

    @Test
    void aSourceHasAMinutesStartsAtOnceAndThenOneAtATime() throws Exception {
        for (int i = 0; i < 6; i++) {
            assertThat(take("10.0.0.1")).isZero();
        }
        assertThat(take("10.0.0.1")).isEqualTo(Duration.ofSeconds(10));
        assertThat(take("10.0.0.1")).isEqualTo(Duration.ofSeconds(10));
        pass(9);
        assertThat(take("10.0.0.1")).isEqualTo(Duration.ofSeconds(1));
        pass(1);
        assertThat(take("10.0.0.1")).isZero();
        assertThat(take("10.0.0.1")).isPositive();
        pass(3600);
        for (int i = 0; i < 6; i++) {
            assertThat(take("10.0.0.1")).isZero();
        }
        assertThat(take("10.0.0.1")).isPositive();
    }

    @Test
    void eachSourceHasItsOwnAndANetworkOfIpv6IsOne() throws Exception {
        for (int i = 0; i < 6; i++) {
            assertThat(take("2001:db8:1:2::" + i)).isZero();
        }

        assertThat(take("2001:db8:1:2:ffff::1")).isPositive();
        assertThat(take("2001:db8:1:ff::1")).isPositive();
        assertThat(take("2001:db8:1:100::1")).isZero();
        assertThat(take("10.0.0.2")).isZero();
    }

    @Test
    void beyondVeryManySourcesNewOnesShareOneUntilOthersHaveTheirsBack() throws Exception {
        for (int i = 0; i < WakeBudget.MAX_SOURCES; i++) {
            assertThat(take("10." + (i >> 16) + "." + (i >> 8 & 255) + "." + (i & 255)))
                    .isZero();
        }
        for (int i = 0; i < 6; i++) {
            assertThat(take("192.168.0." + i)).isZero();
        }
        assertThat(take("192.168.0.7")).isPositive();
        assertThat(take("10.0.0.1")).isZero();
        pass(60);
        assertThat(take("192.168.0.7")).isZero();
    }

    private void pass(long seconds) {
        now.addAndGet(TimeUnit.SECONDS.toNanos(seconds));
    }

    private Duration take(String address) throws UnknownHostException {
        return budget.take(InetAddress.ofLiteral(address));
    }
}
