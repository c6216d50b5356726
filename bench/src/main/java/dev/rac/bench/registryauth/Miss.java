package dev.rac.bench.registryauth;

import dev.rac.bench.load.Measured;
import dev.rac.bench.profile.Profile;
import java.util.List;

/**
 * An aim that is missed.
 *
 * @param verdicts all those on this aim that miss it, or those of one way to ask where that tells more
 * @param profiles of some of them
 */
record Miss(List<Verdict> verdicts, List<Profiled> profiles) {

    /**
     * Where the time goes in one of them.
     *
     * @param load under which the profile was taken
     */
    record Profiled(Verdict verdict, Measured load, Profile profile) {}
}
