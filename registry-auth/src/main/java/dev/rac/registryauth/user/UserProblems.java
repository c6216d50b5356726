package dev.rac.registryauth.user;

import dev.rac.registryauth.user.Administration.Outcome;
import dev.rac.service.http.Problem;
import dev.rac.service.http.ProblemException;

/** Why a change to a user is refused, for clients. */
public final class UserProblems {
    private UserProblems() {}

    static ProblemException unknown(String name) {
        // The name may be anything at all, and long: it is not repeated.
        return new ProblemException(Problem.notFound(
                UserName.valid(name) ? "there is no user " + name : "a user's name has " + UserName.GRAMMAR));
    }

    /** Somebody is not there any more whose credentials were right a moment ago. */
    public static ProblemException deleted(Account account) {
        return new ProblemException(Problem.unauthorized("the user " + account.name() + " has been deleted"));
    }

    static void requirePasswordHere(Account account) {
        if (account.inFile()) {
            throw new ProblemException(Problem.conflict("the password of " + account.name()
                    + " is kept in the htpasswd file (RAC_HTPASSWD):" + " change it there"));
        }
    }

    /** The account after a change; throws unless it was changed. */
    static Account changed(String name, Outcome outcome) {
        if (outcome instanceof Outcome.Done(Account ignored, Account after)) {
            return after;
        }
        throw refused(name, outcome, "add the user there to enable them");
    }

    /** Throws unless the account was deleted. */
    static void requireDeleted(String name, Outcome outcome) {
        if (!(outcome instanceof Outcome.Deleted)) {
            throw refused(name, outcome, "take the user out of it first, and delete them then");
        }
    }

    private static ProblemException refused(String name, Outcome outcome, String inFile) {
        return switch (outcome) {
            case Outcome.Unknown() -> unknown(name);
            case Outcome.LastAdministrator() ->
                new ProblemException(Problem.conflict(
                        name + " is the last administrator who may log in: make another user one first"));
            case Outcome.KeptInFile() ->
                new ProblemException(
                        Problem.conflict(name + " is kept in the htpasswd file (RAC_HTPASSWD): " + inFile));
            case Outcome.Done ignored -> throw new IllegalArgumentException("this was done");
            case Outcome.Deleted ignored -> throw new IllegalArgumentException("this was done");
        };
    }
}
