package dev.rac.targets.kubernetes;

import dev.rac.targets.TargetException;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.util.Optional;
import java.util.function.Supplier;

/** Says in one line what the API server refused, or that it does not answer. */
final class ApiErrors {
    // RFC 6585, section 4. The client has tried again by then, as often as it is told to.
    private static final int TOO_MANY_REQUESTS = 429;

    private final String server;

    /** Takes the server's URL, for messages. */
    ApiErrors(String server) {
        this.server = server;
    }

    /**
     * Calls the API server.
     *
     * @param action what is done, as in "cannot create the namespace rac"
     * @throws TargetException if it is not done
     */
    <T> T call(String action, Supplier<T> call) {
        try {
            return call.get();
        } catch (KubernetesClientException e) {
            throw new TargetException(message(action, e), e);
        }
    }

    /** As {@link #call}, but nothing is returned if the object in question is not there. */
    <T> Optional<T> callIfThere(String action, Supplier<T> call) {
        return call(action, () -> {
            try {
                return Optional.ofNullable(call.get());
            } catch (KubernetesClientException e) {
                if (e.getCode() == HttpURLConnection.HTTP_NOT_FOUND) {
                    return Optional.empty();
                }
                throw e;
            }
        });
    }

    /** As {@link #call}, but nothing is returned if the object is not of the version any more that was given. */
    <T> Optional<T> callUnlessChanged(String action, Supplier<T> call) {
        return call(action, () -> {
            try {
                return Optional.of(call.get());
            } catch (KubernetesClientException e) {
                if (e.getCode() == HttpURLConnection.HTTP_CONFLICT) {
                    return Optional.empty();
                }
                throw e;
            }
        });
    }

    /** Whether the namespace has used up what its quota grants. */
    static boolean isQuota(KubernetesClientException e) {
        return e.getCode() == HttpURLConnection.HTTP_FORBIDDEN && reason(e).contains("exceeded quota");
    }

    String message(String action, KubernetesClientException e) {
        String failure = "cannot " + action + ": ";
        if (e.getCode() <= 0) {
            return failure + "Kubernetes at " + server + " does not answer (" + reason(e)
                    + "); start it, or correct KUBECONFIG";
        }
        if (isQuota(e)) {
            return failure + reason(e) + "; raise the namespace's ResourceQuota, or remove apps";
        }
        return switch (e.getCode()) {
            case TOO_MANY_REQUESTS -> failure + "Kubernetes at " + server + " is too busy; try again later";
            case HttpURLConnection.HTTP_UNAUTHORIZED ->
                failure + "Kubernetes at " + server + " does not know these credentials; renew the kubeconfig's";
            case HttpURLConnection.HTTP_FORBIDDEN ->
                failure + reason(e) + "; grant the rights that rac-target-rbac.yaml lists";
            default -> failure + reason(e);
        };
    }

    /** The server's own words, else those of the deepest cause, on one line. */
    static String reason(Throwable e) {
        if (e instanceof KubernetesClientException answer
                && answer.getStatus() != null
                && answer.getStatus().getMessage() != null) {
            return oneLine(answer.getStatus().getMessage());
        }
        Throwable cause = e;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return oneLine(
                Optional.ofNullable(cause.getMessage()).orElse(cause.getClass().getSimpleName()));
    }

    private static String oneLine(String text) {
        return text.strip().replaceAll("\\s+", " ");
    }
}
