package dev.rac.cli.output;

import dev.rac.cli.api.ApiReply;
import dev.rac.cli.api.Listing;
import java.io.PrintWriter;

/** Prints the API's JSON as it is, or text for people. */
public final class Output {
    private final PrintWriter out;
    private final boolean json;

    public Output(PrintWriter out, boolean json) {
        this.out = out;
        this.json = json;
    }

    /** Prints a list as a table. */
    public void list(Listing listing, Columns columns) {
        print(listing.json(), columns.table(listing.elements()));
    }

    /** Prints one object, a line for each field. */
    public void object(ApiReply reply, Columns columns) {
        print(reply.body(), columns.lines(reply.json()));
    }

    /** Prints what was done: a sentence, or the JSON that tells of it, if there is any. */
    public void done(ApiReply reply, String sentence) {
        print(reply.body(), sentence + "\n");
    }

    /**
     * Prints one or the other.
     *
     * @param text whole lines
     */
    public void print(String body, String text) {
        out.print(json ? body.isEmpty() ? "" : body.stripTrailing() + "\n" : text);
        out.flush();
    }
}
