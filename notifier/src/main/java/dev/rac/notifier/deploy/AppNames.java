package dev.rac.notifier.deploy;

import dev.rac.notifier.image.Digests;
import dev.rac.targets.App;
import dev.rac.targets.AppName;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.IntStream;

/** The names that an app may have; pure. */
public final class AppNames {
    private static final int MAX = 63;
    // Six are the rule; more, should even that name be another's.
    private static final int[] HASH_DIGITS = {6, 12, 24, 40};

    private AppNames() {}

    /** The names for the app of a repository, the best first; never empty. */
    public static List<AppName> release(String repository) {
        return candidates(slug(repository), "app", repository);
    }

    /** The names for the preview of a tag beside {@code app}, the best first; never empty. */
    public static List<AppName> preview(String repository, String tag, AppName app) {
        String slug = slug(tag);
        String identity = repository + ":" + tag;
        return slug.isEmpty() ? candidates("", "tag--" + app, identity) : candidates(slug + "--" + app, "", identity);
    }

    /** Every name that a push of a tag can lead to, as the repository's own app or as a preview. */
    static Set<AppName> possible(String repository, String tag) {
        List<AppName> releases = release(repository);
        var names = new HashSet<AppName>(releases);
        releases.forEach(app -> names.addAll(preview(repository, tag, app)));
        return Set.copyOf(names);
    }

    /** Whether an app is its repository's own; a preview otherwise. */
    public static boolean isRelease(App app) {
        return release(app.repository()).contains(app.name());
    }

    private static List<AppName> candidates(String slug, String substitute, String identity) {
        var names = new ArrayList<AppName>();
        if (!slug.isEmpty() && slug.length() <= MAX) {
            names.add(new AppName(slug));
        }
        String stem = slug.isEmpty() ? substitute : slug;
        String hash = Digests.sha256(identity);
        IntStream.of(HASH_DIGITS)
                .mapToObj(digits -> new AppName(head(stem, MAX - 1 - digits) + "-" + hash.substring(0, digits)))
                .forEach(names::add);
        return List.copyOf(names);
    }

    private static String slug(String text) {
        return trimmed(text.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "-"));
    }

    private static String head(String text, int length) {
        return trimmed(text.substring(0, Math.min(length, text.length())));
    }

    private static String trimmed(String text) {
        int from = 0;
        int to = text.length();
        while (from < to && text.charAt(from) == '-') {
            from++;
        }
        while (to > from && text.charAt(to - 1) == '-') {
            to--;
        }
        return text.substring(from, to);
    }
}
