package dev.rac.targets.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ResourceVersionsTest {
    @ParameterizedTest
    @CsvSource({"9,9,true", "10,9,true", "9,10,false", "123,124,false", "99999999999999999999,99999999999999999998,true"
    })
    void laterVersionsReachEarlierOnes(String seen, String wanted, boolean reached) {
        assertThat(ResourceVersions.reached(seen, wanted)).isEqualTo(reached);
    }
}
