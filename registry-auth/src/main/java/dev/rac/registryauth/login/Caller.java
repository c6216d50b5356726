package dev.rac.registryauth.login;

import dev.rac.registryauth.access.AccessToken;
import dev.rac.registryauth.scope.RepositoryName;
import dev.rac.registryauth.user.Account;

/** Who is asking, once that is proved. */
public sealed interface Caller {
    /** The token's {@code sub}, which the registry gives to the receivers of its notifications as the actor. */
    String subject();

    /** Who does what it may do itself: everybody but a machine, which does what its user may. */
    sealed interface Direct extends Caller {}

    /** Somebody who has not said who they are. */
    record Anonymous() implements Direct {
        @Override
        public String subject() {
            return "";
        }
    }

    /** Somebody with an account. */
    record Person(Account account) implements Direct {
        @Override
        public String subject() {
            return account.name();
        }
    }

    /** A machine that came with an access token of somebody with an account. */
    record Machine(Account account, AccessToken token) implements Caller {
        @Override
        public String subject() {
            return account.name();
        }
    }

    /**
     * Another service of this RAC.
     *
     * @param name such as {@code @notifier}
     */
    record Service(String name) implements Direct {
        @Override
        public String subject() {
            return name;
        }
    }

    /** An engine that holds a pull credential for one repository. */
    record Puller(RepositoryName repository) implements Direct {
        @Override
        public String subject() {
            return Login.PULL_USER;
        }
    }
}
