package dev.rac.targets.docker;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.github.dockerjava.api.model.Container;
import com.github.dockerjava.core.DockerClientConfig;
import dev.rac.targets.AppName;
import dev.rac.targets.docker.AppContainer.Role;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class AppContainerTest {
    private static final ObjectNames NAMES = new ObjectNames("rac");
    private static final String OURS = "{\"dev.rac.namespace\":\"rac\",\"dev.rac.name\":\"hello\"}";

    @ParameterizedTest
    @CsvSource({
        "/rac-hello, MAIN",
        "/rac-hello.next, NEXT",
        "/rac-hello.new, CANDIDATE",
        "/rac-hello.old-0123456789ab, RETIRED",
        "/rac-hello.gone, GONE"
    })
    void theNameTellsTheRole(String name, Role role) {
        assertThat(AppContainer.of(listed("[\"" + name + "\"]", OURS), NAMES))
                .contains(new AppContainer("1234", new AppName("hello"), role, false));
    }

    @Test
    void theBetterNameCountsWhileAContainerIsRenamed() {
        assertThat(AppContainer.of(listed("[\"/rac-hello.next\",\"/rac-hello\"]", OURS), NAMES))
                .map(AppContainer::role)
                .contains(Role.MAIN);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "['/rac-hello']      | {}",
                "['/rac-hello']      | null",
                "['/rac-hello']      | {'dev.rac.name':'hello'}",
                "['/rac-hello']      | {'dev.rac.namespace':'rac'}",
                "['/rac-hello']      | {'dev.rac.namespace':'rac-2','dev.rac.name':'hello'}",
                "['/rac-hello']      | {'dev.rac.namespace':'rac','dev.rac.name':'other'}",
                "['/rac-.hello']     | {'dev.rac.namespace':'rac','dev.rac.name':'.hello'}",
                "['/hello']          | {'dev.rac.namespace':'rac','dev.rac.name':'hello'}",
                "['/rac-hello.next2']| {'dev.rac.namespace':'rac','dev.rac.name':'hello'}",
                "null                | {'dev.rac.namespace':'rac','dev.rac.name':'hello'}"
            },
            quoteCharacter = '`')
    void aContainerIsOursOnlyByItsNameAndItsLabels(String names, String labels) {
        assertThat(AppContainer.of(listed(names.replace('\'', '"'), labels.replace('\'', '"')), NAMES))
                .isEmpty();
    }

    private static Container listed(String names, String labels) {
        try {
            return DockerClientConfig.getDefaultObjectMapper()
                    .readValue(
                            "{\"Id\":\"1234\",\"Names\":%s,\"Labels\":%s}".formatted(names, labels), Container.class);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
