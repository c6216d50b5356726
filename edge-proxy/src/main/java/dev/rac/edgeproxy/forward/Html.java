package dev.rac.edgeproxy.forward;

/** The few pages that the front door shows itself. Pure. */
final class Html {
    private Html() {}

    /** A whole page, without script, and without anything from elsewhere. */
    static String page(String title, String body) {
        return """
                <!doctype html>
                <html lang="en">
                <head>
                <meta charset="utf-8">
                <meta name="viewport" content="width=device-width, initial-scale=1">
                <title>%s</title>
                <style>
                body { font: 16px/1.5 system-ui, sans-serif; max-width: 40rem; margin: 4rem auto; padding: 0 1rem; }
                .small { color: #767676; font-size: 0.8rem; }
                </style>
                </head>
                <body>%s</body>
                </html>
                """.formatted(escape(title), body);
    }

    static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }
}
