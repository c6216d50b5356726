package dev.rac.targets.kubernetes;

import dev.rac.targets.AppName;
import dev.rac.targets.LogLine;
import dev.rac.targets.TargetException;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.http.HttpResponse;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;

/** Reads what a pod's process writes, while it does. Thread-safe. */
final class PodLogFollower {
    private static final int MAX_REFUSAL_BYTES = 1 << 16;

    private final KubernetesClient client;
    private final String namespace;
    private final ApiObjects objects;
    private final ApiErrors errors;

    PodLogFollower(KubernetesClient client, String namespace, ApiObjects objects, ApiErrors errors) {
        this.client = client;
        this.namespace = namespace;
        this.objects = objects;
        this.errors = errors;
    }

    /** See {@link dev.rac.targets.Target#followLog}. */
    void follow(AppName app, String instance, Optional<Instant> since, Consumer<LogLine> lines) {
        String pod = objects.pods(app).stream()
                .filter(candidate -> AppView.uid(candidate).equals(instance))
                .map(Pod::getMetadata)
                .map(metadata -> metadata.getName())
                .findFirst()
                .orElseThrow(() -> new TargetException(app + " has no instance " + instance));
        try (InputStream output = new BufferedInputStream(open(pod, since))) {
            StampedLines.read(output, since, lines);
        } catch (IOException e) {
            if (!Thread.currentThread().isInterrupted()) {
                throw new TargetException("the log of pod " + pod + " broke off: " + ApiErrors.reason(e), e);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    // Not by the client's own watchLog: it takes what a server refuses for the log.
    private InputStream open(String pod, Optional<Instant> since) throws IOException, InterruptedException {
        // Whole seconds are all that the kubelet knows.
        Instant second = since.orElse(Instant.EPOCH).truncatedTo(ChronoUnit.SECONDS);
        URI log = URI.create(client.getMasterUrl().toString())
                .resolve("api/v1/namespaces/" + namespace + "/pods/" + pod + "/log?container=" + Names.CONTAINER
                        + "&follow=true&timestamps=true&sinceTime=" + second);
        HttpClient http = client.getHttpClient();
        try {
            HttpResponse<InputStream> response = http.sendAsync(
                            http.newHttpRequestBuilder().uri(log).build(), InputStream.class)
                    .get();
            if (response.isSuccessful()) {
                return response.body();
            }
            try (InputStream refusal = response.body()) {
                throw new TargetException(
                        errors.message("read the log of pod " + pod, refusal(response.code(), refusal)));
            }
        } catch (ExecutionException e) {
            throw new TargetException("cannot read the log of pod " + pod + ": " + ApiErrors.reason(e), e);
        }
    }

    private KubernetesClientException refusal(int code, InputStream body) throws IOException {
        String text = new String(body.readNBytes(MAX_REFUSAL_BYTES), StandardCharsets.UTF_8);
        try {
            Status status = client.getKubernetesSerialization().unmarshal(text, Status.class);
            return new KubernetesClientException(status.getMessage(), code, status);
        } catch (KubernetesClientException e) {
            // What stands between, not the API server itself.
            return new KubernetesClientException("status " + code, code, null);
        }
    }
}
