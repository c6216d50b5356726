package dev.rac.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SealedTest {
    private static final String PASSWORD = "correct horse battery";
    private static final int SEGMENT = Segments.SEGMENT_BYTES + Segments.TAG_BYTES;
    private static final int HEADER = 13 + Segments.SALT_BYTES;

    @ParameterizedTest
    @ValueSource(ints = {0, 1, Segments.SEGMENT_BYTES - 1, Segments.SEGMENT_BYTES, Segments.SEGMENT_BYTES + 1, 300_000})
    void whatWasSealedOpensAgain(int length) throws IOException {
        byte[] content = content(length);

        assertThat(open(seal(content), PASSWORD)).isEqualTo(content);
    }

    @Test
    void theSameContentNeverLooksTheSame() throws IOException {
        assertThat(seal(content(100))).isNotEqualTo(seal(content(100)));
    }

    @Test
    void anotherPasswordIsSaidToBeWrong() throws IOException {
        byte[] sealed = seal(content(100));

        assertThatThrownBy(() -> open(sealed, "another password"))
                .isInstanceOf(BackupException.class)
                .hasMessageContaining("RAC_BACKUP_PASSWORD");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 20, HEADER, HEADER + SEGMENT - 1, HEADER + SEGMENT, HEADER + 2 * SEGMENT + 10})
    void aChangedByteIsNoticedWhereverItIs(int position) throws IOException {
        byte[] sealed = seal(content(150_000));
        sealed[position] ^= 1;

        assertThatThrownBy(() -> open(sealed, PASSWORD)).isInstanceOf(BackupException.class);
    }

    @ParameterizedTest
    @ValueSource(
            ints = {0, HEADER - 1, HEADER, HEADER + 10, HEADER + SEGMENT, HEADER + 2 * SEGMENT, HEADER + 2 * SEGMENT + 1
            })
    void aMissingEndIsNoticedAlsoBetweenSegments(int length) throws IOException {
        byte[] sealed = Arrays.copyOf(seal(content(150_000)), length);

        assertThatThrownBy(() -> open(sealed, PASSWORD)).isInstanceOf(BackupException.class);
    }

    @Test
    void segmentsInAnotherOrderAreNoticed() throws IOException {
        byte[] sealed = seal(content(150_000));
        byte[] first = Arrays.copyOfRange(sealed, HEADER, HEADER + SEGMENT);
        System.arraycopy(sealed, HEADER + SEGMENT, sealed, HEADER, SEGMENT);
        System.arraycopy(first, 0, sealed, HEADER + SEGMENT, SEGMENT);

        assertThatThrownBy(() -> open(sealed, PASSWORD)).isInstanceOf(BackupException.class);
    }

    private static byte[] content(int length) {
        var content = new byte[length];
        new Random(length).nextBytes(content);
        return content;
    }

    private static byte[] seal(byte[] content) throws IOException {
        var out = new ByteArrayOutputStream();
        try (var sealed = new SealedOutput(out, PASSWORD, new SecureRandom())) {
            sealed.write(content);
        }
        return out.toByteArray();
    }

    private static byte[] open(byte[] sealed, String password) throws IOException {
        try (var opened = new SealedInput(new ByteArrayInputStream(sealed), password)) {
            return opened.readAllBytes();
        }
    }
}
