package dev.rac.notifier.image;

import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Which port of an image answers HTTP. */
final class Ports {
    /** What an image that exposes nothing is told to listen on. */
    static final int DEFAULT = 8080;

    static final int MAX = 65_535;

    private static final List<Integer> USUAL = List.of(80, 8080, 3000, 5000, 8000);
    private static final Pattern EXPOSED = Pattern.compile("(\\d{1,9})(?:/tcp)?");
    private static final Pattern TRAEFIK = Pattern.compile(
            "traefik\\.http\\.services\\.[^.]+\\.loadbalancer\\.server\\.port", Pattern.CASE_INSENSITIVE);

    private Ports() {}

    /** The usual one of several exposed TCP ports, else the lowest. */
    static Optional<Integer> exposed(List<String> exposedPorts) {
        TreeSet<Integer> ports = exposedPorts.stream()
                .map(EXPOSED::matcher)
                .filter(Matcher::matches)
                .flatMap(matcher -> Quantities.wholeNumber(matcher.group(1), 1, MAX).stream())
                .collect(Collectors.toCollection(TreeSet::new));
        return USUAL.stream()
                .filter(ports::contains)
                .findFirst()
                .or(() -> ports.stream().findFirst());
    }

    /** What {@code rac.port} says, else Traefik's {@code …loadbalancer.server.port}. */
    static Optional<Integer> labelled(Labels labels) {
        return labels.number("rac.port", 1, MAX).or(() -> traefik(labels));
    }

    private static Optional<Integer> traefik(Labels labels) {
        List<Integer> ports = labels.all().keySet().stream()
                .filter(name -> TRAEFIK.matcher(name).matches())
                .flatMap(name -> labels.number(name, 1, MAX).stream())
                .distinct()
                .toList();
        if (ports.size() > 1) {
            labels.warn("the labels of Traefik name the ports " + ports + ": say which one with rac.port");
            return Optional.empty();
        }
        return ports.stream().findFirst();
    }
}
