package dev.rac.edgeproxy.forward;

/** What the front door says at {@code /}: how to push. Pure. */
final class Welcome {
    private Welcome() {}

    /** For a terminal. */
    static String text(String host, String scheme) {
        return """
                RAC: push an image to this registry, and its URL works.

                  docker tag my-image %1$s/hello
                  docker push %1$s/hello
                  curl %2$s://hello.%1$s/

                The app starts with its first request and stops when nobody asks for it.
                """.formatted(host, scheme);
    }

    /** For a browser. */
    static String html(String host, String scheme) {
        return Html.page("RAC", """
                <h1>RAC</h1>
                <p>Push an image to this registry, and its URL works.</p>
                <pre>docker tag my-image %1$s/hello
                docker push %1$s/hello
                curl %2$s://hello.%1$s/</pre>
                <p>The app starts with its first request and stops when nobody asks for it.</p>
                """.formatted(Html.escape(host), scheme));
    }
}
