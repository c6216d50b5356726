package dev.rac.edgeproxy.route;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rac.targets.AppName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RouteTableTest {
    private final RouteTable<String> local = new RouteTable<>("localhost");
    private final RouteTable<String> remote = new RouteTable<>("Rac.Example.COM");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost",
                "localhost:8080",
                "LOCALHOST:8080",
                "localhost.",
                "localhost.:8080",
                "127.0.0.1",
                "127.0.0.1:8080",
                "127.1.2.3",
                "[::1]",
                "[::1]:8080"
            })
    void theDomainAndTheLoopbackAddressesAreTheLocalFrontDoorsOwnHost(String host) {
        assertThat(local.find(host)).isInstanceOf(Route.OwnHost.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"rac.example.com", "RAC.example.com:443", "rac.example.com."})
    void theDomainIsTheFrontDoorsOwnHostInAnyCase(String host) {
        assertThat(remote.find(host)).isInstanceOf(Route.OwnHost.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"127.0.0.1", "localhost", "[::1]", "example.com", "xrac.example.com", "com", "", ".", "[", ":80"
            })
    void otherHostsAreForeign(String host) {
        assertThat(remote.find(host)).isInstanceOf(Route.ForeignHost.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1.example.com", "127.evil", "[::2]", "localhost.evil.com", "10.0.0.1"})
    void whatOnlyLooksLocalIsForeign(String host) {
        assertThat(local.find(host)).isInstanceOf(Route.ForeignHost.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"hello.localhost", "HELLO.localhost:8080", "hello.localhost.", "Hello.LocalHost.:1"})
    void anAppIsFoundByItsHost(String host) {
        local.getOrAdd(new AppName("hello"), () -> "the app");

        assertThat(local.find(host)).isEqualTo(new Route.ToApp<>("the app"));
    }

    @ParameterizedTest
    @CsvSource({"other.localhost,other", "a.hello.localhost,a.hello", ".localhost,''", "t--hello.localhost,t--hello"})
    void aHostUnderTheDomainWithoutAnAppIsNamed(String host, String name) {
        local.getOrAdd(new AppName("hello"), () -> "the app");

        assertThat(local.find(host)).isEqualTo(new Route.NoSuchApp<>(name));
    }

    @Test
    void aRemovedAppIsFoundNoMore() {
        local.getOrAdd(new AppName("hello"), () -> "first");

        assertThat(local.getOrAdd(new AppName("hello"), () -> "second")).isEqualTo("first");
        assertThat(local.remove(new AppName("hello"))).contains("first");
        assertThat(local.find("hello.localhost")).isEqualTo(new Route.NoSuchApp<>("hello"));
        assertThat(local.remove(new AppName("hello"))).isEmpty();
    }

    @Test
    void anAppsHostIsItsNameUnderTheDomain() {
        assertThat(remote.host(new AppName("hello"))).isEqualTo("hello.rac.example.com");
    }
}
