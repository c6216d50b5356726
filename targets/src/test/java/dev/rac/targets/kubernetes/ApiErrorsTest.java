package dev.rac.targets.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rac.targets.TargetException;
import io.fabric8.kubernetes.api.model.StatusBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import org.junit.jupiter.api.Test;

final class ApiErrorsTest {
    private final ApiErrors errors = new ApiErrors("https://cluster");

    @Test
    void aQuotaIsNoMissingRight() {
        KubernetesClientException quota =
                answer(403, "pods \"a\" is forbidden: exceeded quota: small, requested: pods=1, used: pods=1");

        assertThat(errors.message("make a pod", quota))
                .contains("exceeded quota: small", "ResourceQuota")
                .doesNotContain("rac-target-rbac.yaml");
        assertThat(ApiErrors.isQuota(quota)).isTrue();
    }

    @Test
    void aMissingRightIsNamedWithWhatToDo() {
        KubernetesClientException forbidden = answer(403, "pods is forbidden: User \"a\" cannot create");

        assertThat(errors.message("make a pod", forbidden)).contains("cannot create", "rac-target-rbac.yaml");
        assertThat(ApiErrors.isQuota(forbidden)).isFalse();
    }

    @Test
    void aServerThatIsTooBusyIsNamed() {
        assertThat(errors.message("read hello", answer(429, "the request is throttled")))
                .contains("https://cluster", "too busy");
    }

    @Test
    void aChangeOfAnotherIsNoErrorWhereItIsExpected() {
        assertThat(errors.<String>callUnlessChanged("apply hello", () -> {
                    throw answer(409, "the object has been modified");
                }))
                .isEmpty();
        assertThatThrownBy(() -> errors.<String>callUnlessChanged("apply hello", () -> {
                    throw answer(422, "port: invalid\nvalue");
                }))
                .isInstanceOf(TargetException.class)
                .hasMessage("cannot apply hello: port: invalid value");
    }

    private static KubernetesClientException answer(int code, String message) {
        return new KubernetesClientException(
                message,
                code,
                new StatusBuilder().withCode(code).withMessage(message).build());
    }
}
