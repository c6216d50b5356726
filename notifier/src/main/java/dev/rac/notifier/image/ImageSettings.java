package dev.rac.notifier.image;

import dev.rac.service.settings.Environment;
import dev.rac.targets.App;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * The settings of an app, as its image says them. A pure function of the image's configuration; a wrong value is a
 * warning, never an error.
 *
 * @param enabled whether the image is to be deployed at all
 * @param previews whether a tag that does not release makes a preview
 * @param releases which tags release
 * @param port the TCP port that answers HTTP
 * @param environment what {@code rac.env.<NAME>} sets, and {@code PORT} for an image that exposes no port
 * @param description {@code org.opencontainers.image.*}
 * @param warnings what the pusher should know
 */
public record ImageSettings(
        boolean enabled,
        boolean previews,
        TagRule releases,
        int port,
        Map<String, String> environment,
        List<String> volumes,
        App.Health health,
        App.Scaling scaling,
        App.Resources resources,
        App.Update update,
        Map<String, String> description,
        List<String> warnings) {

    private static final Set<String> KNOWN = Set.of(
            "rac.enable",
            "rac.port",
            "rac.host",
            "rac.tag",
            "rac.preview",
            "rac.health.path",
            "rac.health.timeout",
            "rac.idle",
            "rac.replicas",
            "rac.concurrency",
            "rac.cpu",
            "rac.memory",
            "rac.target",
            "rac.update",
            "rac.running-hours");
    // They are read and kept, but nothing acts on them yet: nobody shall think so.
    private static final List<String> WITHOUT_EFFECT = List.of("rac.host", "rac.running-hours");
    private static final Pattern TRAEFIK_RULE =
            Pattern.compile("traefik\\.http\\.routers\\.[^.]+\\.rule", Pattern.CASE_INSENSITIVE);

    private static final Duration MIN_IDLE = Duration.ofSeconds(1);
    private static final Duration MAX_IDLE = Duration.ofDays(30);
    private static final int MAX_REPLICAS = 3;
    private static final int MAX_CONCURRENCY = 100_000;
    private static final Pattern REPLICAS = Pattern.compile("([0-3])\\.\\.([1-3])");
    private static final String DESCRIPTION = "org.opencontainers.image.";
    private static final int MAX_DESCRIPTIONS = 20;
    private static final int MAX_DESCRIPTION = 500;

    public ImageSettings {
        environment = Map.copyOf(environment);
        volumes = List.copyOf(volumes);
        description = Map.copyOf(description);
        warnings = List.copyOf(warnings);
    }

    /**
     * Reads an image's settings; never throws.
     *
     * @param targetKind of the one target there is
     * @param limits what the operator lets one instance use
     */
    public static ImageSettings read(ImageConfig config, String targetKind, ResourceLimits limits) {
        var labels = new Labels(config.labels());
        SortedMap<String, String> environment = Variables.read(labels);
        List<String> volumes = Volumes.read(config.volumes(), labels);
        int port = port(config, labels, environment);
        boolean enabled = labels.flag("rac.enable", true);
        boolean previews = labels.flag("rac.preview", true);
        TagRule releases = labels.find("rac.tag", "a tag, a glob or a version range", TagRule::parse)
                .orElse(TagRule.LATEST);
        App.Health health = HealthSettings.read(config.healthCheck(), labels);
        App.Scaling scaling = scaling(labels);
        App.Resources resources = limits.read(labels);
        App.Update update = update(labels, volumes);
        target(labels, targetKind);
        withoutEffect(labels);
        unknown(labels);
        return new ImageSettings(
                enabled,
                previews,
                releases,
                port,
                environment,
                volumes,
                health,
                scaling,
                resources,
                update,
                description(labels),
                labels.warnings());
    }

    private static int port(ImageConfig config, Labels labels, Map<String, String> environment) {
        Optional<Integer> exposed = Ports.exposed(config.exposedPorts());
        Optional<Integer> labelled = Ports.labelled(labels);
        if (labelled.isEmpty() && exposed.isPresent()) {
            return exposed.get();
        }
        // An image that says no port listens, as is the custom, on the one that PORT says.
        int port = labelled.or(() -> Optional.ofNullable(environment.get("PORT"))
                        .flatMap(value -> Quantities.wholeNumber(value, 1, Ports.MAX)))
                .orElse(Ports.DEFAULT);
        if (exposed.isEmpty()) {
            environment.put("PORT", Integer.toString(port));
        }
        return port;
    }

    private static App.Scaling scaling(Labels labels) {
        int[] replicas = labels.find(
                        "rac.replicas",
                        "a number from 0 to " + MAX_REPLICAS + ", or two such as 0..3",
                        ImageSettings::replicas)
                .orElse(new int[] {0, 1});
        if (replicas[0] > 0 || replicas[1] > 1) {
            labels.warn("rac.replicas is acted on in part: one instance runs, and with a minimum of 1 or more it stays"
                    + " awake once it was woken");
        }
        Optional<Duration> idle = labels.find(
                "rac.idle",
                "a duration such as 30s, 10m or 2h, from 1s to 30d",
                text -> Environment.parseDuration(text)
                        .filter(value -> value.compareTo(MIN_IDLE) >= 0 && value.compareTo(MAX_IDLE) <= 0));
        return new App.Scaling(replicas[0], replicas[1], labels.number("rac.concurrency", 1, MAX_CONCURRENCY), idle);
    }

    private static Optional<int[]> replicas(String text) {
        var range = REPLICAS.matcher(text);
        if (range.matches()) {
            int minimum = Integer.parseInt(range.group(1));
            int maximum = Integer.parseInt(range.group(2));
            return minimum <= maximum ? Optional.of(new int[] {minimum, maximum}) : Optional.empty();
        }
        return Quantities.wholeNumber(text, 0, MAX_REPLICAS).map(count -> new int[] {count, Math.max(1, count)});
    }

    private static App.Update update(Labels labels, List<String> volumes) {
        Optional<App.Update> asked = labels.find("rac.update", "start-first or stop-first", text -> switch (text) {
            case "start-first" -> Optional.of(App.Update.START_FIRST);
            case "stop-first" -> Optional.of(App.Update.STOP_FIRST);
            default -> Optional.empty();
        });
        if (volumes.isEmpty()) {
            asked.filter(App.Update.START_FIRST::equals)
                    .ifPresent(
                            _ -> labels.warn("rac.update: start-first is not acted on yet: an update stops the running"
                                    + " revision, and the next request starts the new one"));
            return asked.orElse(App.Update.START_FIRST);
        }
        if (asked.equals(Optional.of(App.Update.START_FIRST))) {
            labels.warn("rac.update is \"start-first\", but the image has volumes, which two revisions must not"
                    + " write at once: it is updated stop-first");
        }
        return App.Update.STOP_FIRST;
    }

    private static void target(Labels labels, String targetKind) {
        labels.find("rac.target")
                .filter(wanted -> !wanted.equals(targetKind))
                .ifPresent(wanted -> labels.warn("rac.target is \"" + Labels.shown(wanted)
                        + "\", but the only target here is " + targetKind + ": the app runs there"));
    }

    private static void withoutEffect(Labels labels) {
        WITHOUT_EFFECT.stream()
                .filter(name -> labels.find(name).isPresent())
                .forEach(name -> labels.warn(name + " is not acted on yet"));
        labels.all().forEach((name, value) -> {
            if (TRAEFIK_RULE.matcher(name).matches()
                    && value.contains("Host(")
                    && labels.find("rac.host").isEmpty()) {
                labels.warn(Labels.shown(name) + " stands for rac.host, which is not acted on yet");
            }
        });
    }

    private static void unknown(Labels labels) {
        labels.all().keySet().stream()
                .filter(name -> name.startsWith("rac.") && !name.startsWith(Variables.PREFIX) && !KNOWN.contains(name))
                .forEach(name -> labels.warn(Labels.shown(name) + " is not a label that RAC knows"));
    }

    private static Map<String, String> description(Labels labels) {
        var description = new TreeMap<String, String>();
        labels.all().forEach((name, value) -> {
            if (name.startsWith(DESCRIPTION)
                    && name.length() <= MAX_DESCRIPTION
                    && description.size() < MAX_DESCRIPTIONS) {
                description.put(name, Labels.cut(value, MAX_DESCRIPTION));
            }
        });
        return description;
    }
}
