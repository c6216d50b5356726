package dev.rac.targets.kubernetes;

import dev.rac.targets.AppName;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;

/** Names, labels and annotations of the objects that this adapter makes. Objects without its label are not its own. */
final class Names {
    /** Who manages the fields, for server-side apply. */
    static final String FIELD_MANAGER = "rac";

    static final String MANAGED_BY = "app.kubernetes.io/managed-by";
    static final String RAC = "rac";
    static final String APP_NAME = "app.kubernetes.io/name";

    /** Annotation of a Deployment: the app, as {@link dev.rac.targets.AppJson} writes it. */
    static final String APP = "dev.rac/app";
    /** Annotation of a Deployment: the recorded failure, as {@link dev.rac.targets.AppJson} writes it. */
    static final String FAILURE = "dev.rac/failure";
    /** Annotation of a pod and its template: tells the revisions of an app apart. */
    static final String REVISION = "dev.rac/revision";
    /** Annotation of a claim: the path of its volume in the container. */
    static final String VOLUME_PATH = "dev.rac/path";

    /** The only container of an app's pod. */
    static final String CONTAINER = "app";

    static final String NETWORK_POLICY = "rac-apps";

    private Names() {}

    static Map<String, String> labels(AppName app) {
        return Map.of(MANAGED_BY, RAC, APP_NAME, app.value());
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
