package dev.rac.service.http;

import dev.rac.service.settings.Environment;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The senders whose {@code X-Forwarded-For} is believed: the front door, and services that pass it on. */
public final class TrustedProxies {
    /** Those on this machine. */
    public static final TrustedProxies LOOPBACK = parse("127.0.0.0/8,::1").orElseThrow();

    private final List<Network> networks;

    private TrustedProxies(List<Network> networks) {
        this.networks = networks;
    }

    /** From {@code RAC_TRUSTED_PROXIES}: addresses and networks, parted by commas. */
    public static TrustedProxies read(Environment environment) {
        return environment.value(
                "RAC_TRUSTED_PROXIES",
                LOOPBACK,
                "expected IP addresses or networks parted by commas, such as 127.0.0.1,10.0.0.0/8",
                TrustedProxies::parse);
    }

    /** Those that a list names; empty if it names something else too. */
    static Optional<TrustedProxies> parse(String list) {
        List<Optional<Network>> parsed = Arrays.stream(list.split(",", -1))
                .map(String::strip)
                .map(Network::parse)
                .toList();
        return parsed.stream().allMatch(Optional::isPresent)
                ? Optional.of(new TrustedProxies(
                        parsed.stream().flatMap(Optional::stream).toList()))
                : Optional.empty();
    }

    boolean contains(InetAddress address) {
        return networks.stream().anyMatch(network -> network.contains(address));
    }
}
