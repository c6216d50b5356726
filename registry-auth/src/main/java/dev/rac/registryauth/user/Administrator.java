package dev.rac.registryauth.user;

import dev.rac.service.secret.SecretFile;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes the account of the administrator at the first start. */
public final class Administrator {
    /** The administrator's user name. */
    public static final String NAME = "admin";

    private static final Logger LOG = LoggerFactory.getLogger(Administrator.class);

    private Administrator() {}

    /**
     * Makes the account, unless it is there, or was deleted once others could administer.
     *
     * @param given the password to give it; without one, it is made and kept in {@code file}
     * @return the password that was made now, to be shown to the user; empty ever after
     */
    public static Optional<String> create(Accounts accounts, Passwords passwords, @Nullable String given, Path file) {
        if (accounts.haveAdministrator() || accounts.findAny(NAME).isPresent()) {
            return Optional.empty();
        }
        String password = given == null ? SecretFile.readOrCreate(file) : given;
        boolean created = accounts.create(NAME, passwords.hash(password, Source.OWN), true)
                .isPresent();
        if (!created || given != null) {
            return Optional.empty();
        }
        LOG.info("made the user {}; its password is in {}", NAME, file);
        return Optional.of(password);
    }
}
