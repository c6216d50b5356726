package dev.rac.service.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClientAddressTest {
    @Test
    void whoIsNotTrustedIsTheClient() {
        assertThat(find("192.0.2.1", "198.51.100.7")).isEqualTo("192.0.2.1");
        assertThat(find("192.0.2.1")).isEqualTo("192.0.2.1");
        assertThat(find("2001:db8::1", "127.0.0.1")).isEqualTo("2001:db8:0:0:0:0:0:1");
    }

    @Test
    void ofATrustedSenderTheLastAddressCounts() {
        assertThat(find("127.0.0.1", "198.51.100.7")).isEqualTo("198.51.100.7");
        assertThat(find("127.0.0.1", "127.0.0.1, 203.0.113.9,198.51.100.7")).isEqualTo("198.51.100.7");
        assertThat(find("127.0.0.1", "203.0.113.9", "198.51.100.7")).isEqualTo("198.51.100.7");
        assertThat(find("::1", "198.51.100.7")).isEqualTo("198.51.100.7");
    }

    @ParameterizedTest
    @CsvSource({
        "198.51.100.7:4711, 198.51.100.7",
        "2001:db8::1, 2001:db8:0:0:0:0:0:1",
        "2001:DB8:0::1, 2001:db8:0:0:0:0:0:1",
        "[2001:db8::1], 2001:db8:0:0:0:0:0:1",
        "[2001:db8::1]:4711, 2001:db8:0:0:0:0:0:1",
        "fe80::1%eth0, fe80:0:0:0:0:0:0:1",
        "::ffff:198.51.100.7, 198.51.100.7",
    })
    void oneAddressHasOneForm(String forwarded, String expected) {
        assertThat(find("127.0.0.1", forwarded)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", " ", "unknown", "localhost", "example.org", "300.1.2.3", "[", "[]", "198.51.100.7,", "::g"})
    void whatIsNoAddressIsNotTakenForOne(String forwarded) {
        assertThat(find("127.0.0.1", forwarded)).isEqualTo("127.0.0.1");
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/8, 10.255.0.1, true",
        "10.0.0.0/8, 11.0.0.1, false",
        "192.0.2.128/25, 192.0.2.128, true",
        "192.0.2.128/25, 192.0.2.127, false",
        "0.0.0.0/0, 192.0.2.1, true",
        "0.0.0.0/0, 2001:db8::1, false",
        "192.0.2.1, 192.0.2.1, true",
        "192.0.2.1, 192.0.2.2, false",
        "2001:db8::/32, 2001:db8:ffff::1, true",
        "2001:db8::/32, 2001:db9::1, false",
        "'127.0.0.1, fd00::/8', fd12::1, true",
    })
    void networksHaveMembers(String trusted, String peer, boolean member) {
        TrustedProxies proxies = TrustedProxies.parse(trusted).orElseThrow();

        assertThat(ClientAddress.find(peer, List.of("198.51.100.7"), proxies).equals("198.51.100.7"))
                .isEqualTo(member);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "front-door", "10.0.0.0/33", "::/129", "10.0.0.0/-1", "10.0.0.0/", "127.0.0.1,", "/8"})
    void whatIsNoNetworkIsWrong(String list) {
        assertThat(TrustedProxies.parse(list)).isEmpty();
    }

    private static String find(String peer, String... forwarded) {
        return ClientAddress.find(peer, List.of(forwarded), TrustedProxies.LOOPBACK);
    }
}
