package dev.rac.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rac.cli.Rac.Ran;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class HelpTest {
    @Test
    void namesEveryCommand() {
        Ran ran = new Rac().run("--help");

        assertThat(ran.status()).isZero();
        assertThat(ran.out())
                .contains("  up ", "  registry-auth ", "  notifier ", "  edge-proxy ")
                .contains("  user ", "  claim ", "  token ", "  session ", "  repositories ");
    }

    @ParameterizedTest
    @CsvSource({
        "user --help, '  whoami ', '  export '",
        "claim --help, '  add ', '  member '",
        "claim member --help, '  add ', '  remove '",
        "token --help, '  create ', '  revoke '",
        "session --help, '  list ', '  revoke '",
        "user whoami --help, RAC_URL, RAC_PASSWORD",
        "user add --help, RAC_NEW_PASSWORD, --json",
        "token create --help, --repository, --expires"
    })
    void saysWhatACommandTakes(String args, String first, String second) {
        Ran ran = new Rac().run(args.split(" "));

        assertThat(ran.status()).isZero();
        assertThat(ran.out()).startsWith("Usage: rac ").contains(first, second);
    }
}
