package dev.rac.targets.kubernetes;

import dev.rac.targets.App;
import dev.rac.targets.AppName;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Names, labels and annotations of the objects that this adapter makes. Objects without its label are not its own. */
final class Names {
    /** Who manages the fields, for server-side apply. */
    static final String FIELD_MANAGER = "rac";

    static final String MANAGED_BY = "app.kubernetes.io/managed-by";
    static final String RAC = "rac";
    static final String APP_NAME = "app.kubernetes.io/name";
    static final String INSTANCE = "app.kubernetes.io/instance";
    static final String PART_OF = "app.kubernetes.io/part-of";
    static final String VERSION = "app.kubernetes.io/version";
    static final String COMPONENT = "app.kubernetes.io/component";

    /** Component of what is part of an app, or is for it. */
    static final String APP_COMPONENT = "app";
    /** Component of a Secret with what an app's owner set. */
    static final String ENVIRONMENT_COMPONENT = "environment";
    /** Component of a pod that only makes its node pull an image. */
    static final String PULL_COMPONENT = "image-pull";

    /** Annotation of a Deployment: the app, as {@link dev.rac.targets.AppJson} writes it. */
    static final String APP = "dev.rac/app";
    /** Annotation of a Deployment: the app that serves until the one in {@link #APP} answers; none: no update is under way. */
    static final String LAST = "dev.rac/last";
    /** Annotation of a Deployment: the recorded failure, as {@link dev.rac.targets.AppJson} writes it. */
    static final String FAILURE = "dev.rac/failure";
    /** Annotation of a pod and its template, label of a Secret: tells the revisions of an app apart. */
    static final String REVISION = "dev.rac/revision";
    /** Annotation of a claim: the path of its volume in the container. */
    static final String VOLUME_PATH = "dev.rac/path";

    /** The only container of an app's pod. */
    static final String CONTAINER = "app";

    static final String NETWORK_POLICY = "rac-apps";

    /** Of the port that an app serves, in its pods. */
    static final String PORT = "http";

    // Of what a registry takes for a tag, a label cannot say the longest, nor those that end in punctuation.
    private static final Pattern LABEL_VALUE = Pattern.compile("[A-Za-z0-9]([A-Za-z0-9._-]{0,61}[A-Za-z0-9])?");

    // RFC 1035, section 2.3.1: unlike other objects' names, a Service's begins with a letter.
    private static final Pattern SERVICE_NAME = Pattern.compile("[a-z].*");

    private Names() {}

    /** What tells an app's objects from all others. Deployments select their pods by it, which can never be changed. */
    static Map<String, String> labels(AppName app) {
        return Map.of(MANAGED_BY, RAC, APP_NAME, app.value());
    }

    /** The same, with what Kubernetes recommends to say besides. */
    static Map<String, String> labels(AppName app, String component) {
        var labels = new TreeMap<>(labels(app));
        labels.put(INSTANCE, app.value());
        labels.put(PART_OF, RAC);
        labels.put(COMPONENT, component);
        return labels;
    }

    /** The same of a revision. */
    static Map<String, String> labels(App app) {
        var labels = new TreeMap<>(labels(app.name(), APP_COMPONENT));
        if (LABEL_VALUE.matcher(app.tag()).matches()) {
            labels.put(VERSION, app.tag());
        }
        return labels;
    }

    static boolean isOurs(HasMetadata object) {
        return label(object, MANAGED_BY).equals(RAC);
    }

    /** The app that an object of ours belongs to. */
    static Optional<AppName> appOf(HasMetadata object) {
        return AppName.parse(label(object, APP_NAME));
    }

    /** The value of a label; empty if there is none. */
    static String label(HasMetadata object, String name) {
        return Optional.ofNullable(object.getMetadata().getLabels())
                .map(labels -> labels.get(name))
                .orElse("");
    }

    /** The value of an annotation; empty if there is none. */
    static String annotation(HasMetadata object, String name) {
        return annotation(object.getMetadata(), name);
    }

    static String annotation(ObjectMeta metadata, String name) {
        return Optional.ofNullable(metadata.getAnnotations())
                .map(annotations -> annotations.get(name))
                .orElse("");
    }

    static String deployment(AppName app) {
        return app.value();
    }

    static String pullSecret(AppName app) {
        return app + "-pull";
    }

    /** Each revision has its own, so that the one that serves keeps what it was started with. */
    static String environmentSecret(AppName app, String revision) {
        return app + "-env-" + revision;
    }

    static String service(AppName app) {
        return SERVICE_NAME.matcher(app.value()).matches() ? app.value() : "app-" + shortHash(app.value(), 16);
    }

    static String networkPolicy(AppName app) {
        return app.value() + ".ingress";
    }

    /** A claim is found again by the app and the path alone: it outlives the app. */
    static String claim(AppName app, String path) {
        return app + "-" + shortHash(path, 8);
    }

    /** Names a volume inside its pod. */
    static String volume(String path) {
        return "volume-" + shortHash(path, 8);
    }

    static String revision(String appJson) {
        return shortHash(appJson, 16);
    }

    private static String shortHash(String text, int hexDigits) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash).substring(0, hexDigits);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
