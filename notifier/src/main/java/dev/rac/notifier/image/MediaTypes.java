package dev.rac.notifier.image;

import java.util.List;
import java.util.Set;

/** The media types of images, Docker's and OCI's. */
final class MediaTypes {
    static final String DOCKER_LIST = "application/vnd.docker.distribution.manifest.list.v2+json";
    static final String OCI_INDEX = "application/vnd.oci.image.index.v1+json";
    static final List<String> MANIFESTS = List.of(
            "application/vnd.docker.distribution.manifest.v2+json",
            DOCKER_LIST,
            "application/vnd.oci.image.manifest.v1+json",
            OCI_INDEX);
    static final Set<String> CONFIGS =
            Set.of("application/vnd.docker.container.image.v1+json", "application/vnd.oci.image.config.v1+json");

    private MediaTypes() {}
}
