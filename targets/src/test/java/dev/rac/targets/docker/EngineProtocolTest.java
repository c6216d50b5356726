package dev.rac.targets.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.Frame;
import com.github.dockerjava.api.model.StreamType;
import com.github.dockerjava.core.RemoteApiVersion;
import dev.rac.targets.Failure;
import dev.rac.targets.TargetFixture;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the adapter makes of versions, addresses, errors and output, without an engine. */
final class EngineProtocolTest {
    @ParameterizedTest
    @CsvSource({"1.41,1.12,1.41", "1.44,1.24,1.44", "1.51,1.24,1.44", "1.60,1.50,1.50"})
    void theNewestVersionThatBothKnowIsSpoken(String engines, String enginesOldest, String spoken) {
        assertThat(ApiVersions.negotiate(engines, enginesOldest)).isEqualTo(RemoteApiVersion.parseConfig(spoken));
    }

    @Test
    void theEnginesOwnWordsAreFoundInAnError() {
        assertThat(EngineErrors.message(new NotFoundException("Status 404: {\"message\":\"manifest\\nunknown\"}\n")))
                .isEqualTo("manifest unknown");
        assertThat(EngineErrors.message(new NotFoundException("Status 404: {not JSON}")))
                .isEqualTo("{not JSON}");
        assertThat(EngineErrors.message(new RuntimeException(new IOException("Connection refused"))))
                .isEqualTo("Connection refused");
        assertThat(EngineErrors.message(new IllegalStateException())).isEqualTo("null");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ssh://host", "tcp://host", "unix:relative", "/var/run/docker.sock", "http://host:1"})
    void anAddressThatCannotBeSpokenToIsRefused(String engine) {
        assertThatThrownBy(() -> new DockerSettings("rac", URI.create(engine), TargetFixture.UPDATES))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(engine);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-a", "a-", "A", "a.b", "a/b", "a23456789012345678901234567890123"})
    void aNamespaceThatCannotBePartOfANameIsRefused(String namespace) {
        assertThatThrownBy(() -> DockerSettings.local(namespace, TargetFixture.UPDATES))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void linesAreMadeOfFramesThatEndAnywhere() {
        var tail = new LogTail();
        tail.accept(frame("one\ntw"));
        tail.accept(frame("o\r\n"));
        tail.accept(frame("thr\u00e9e without an end"));
        assertThat(tail.lines()).containsExactly("one", "two", "thr\u00e9e without an end");
    }

    @Test
    void onlyTheLastLinesAreKeptAndLongOnesCutOff() {
        var tail = new LogTail();
        IntStream.range(0, 100).forEach(line -> tail.accept(frame("line " + line + "\n")));
        tail.accept(frame("x".repeat(5000) + "\n"));
        assertThat(tail.lines())
                .hasSize(Failure.MAX_LOG_LINES)
                .startsWith("line 51")
                .endsWith("x".repeat(1000) + "…");
    }

    private static Frame frame(String text) {
        return new Frame(StreamType.STDOUT, text.getBytes(StandardCharsets.UTF_8));
    }
}
