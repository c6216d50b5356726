package dev.rac.registryauth.token;

import dev.rac.certs.CertificatesException;
import dev.rac.certs.Identity;
import dev.rac.certs.SigningCertificates;
import dev.rac.registryauth.audit.AuditLog;
import dev.rac.registryauth.user.Account;
import dev.rac.registryauth.user.AdministratorOnly;
import dev.rac.service.http.Problem;
import dev.rac.service.http.ProblemException;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code GET /signing-keys} and {@code POST /signing-keys/rotate}, for the administrator. Thread-safe. */
public final class SigningKeyRoutes {
    private static final Logger LOG = LoggerFactory.getLogger(SigningKeyRoutes.class);
    private static final String RESOURCE = "signing-keys";
    private static final String ROTATE = "signing-keys.rotate";

    private final SigningCertificates certificates;
    private final AdministratorOnly administratorOnly;
    private final AuditLog audit;
    private final AuthorityRotation authority;

    /**
     * Prepares the routes.
     *
     * @param asking gives the person who sent a request, or ends it with a problem
     */
    public SigningKeyRoutes(SigningCertificates certificates, Function<Context, Account> asking, AuditLog audit) {
        this.certificates = certificates;
        this.administratorOnly = new AdministratorOnly(asking, audit);
        this.audit = audit;
        this.authority = new AuthorityRotation(certificates);
    }

    /**
     * Has the registry started again when the bundle has another authority.
     *
     * @param restart returns when the registry answers, or throws
     */
    public void onNewAuthority(Runnable restart) {
        authority.restartWith(restart);
    }

    public void addTo(JavalinConfig config) {
        config.routes.get("/signing-keys", ctx -> {
            administratorOnly.require(ctx, "signing-keys.list", RESOURCE);
            ctx.json(views());
        });
        config.routes.post("/signing-keys/rotate", this::rotate);
    }

    /**
     * A key that tokens are verified with.
     *
     * @param serial its certificate's serial number, in hexadecimal
     * @param signs whether tokens are signed with it now
     */
    record KeyView(String serial, String algorithm, Instant validUntil, boolean signs) {
        static KeyView of(X509Certificate certificate, boolean signs) {
            return new KeyView(
                    certificate.getSerialNumber().toString(16),
                    certificate.getPublicKey().getAlgorithm(),
                    certificate.getNotAfter().toInstant(),
                    signs);
        }
    }

    /**
     * What is to be rotated.
     *
     * @param authority the token authority too, whose certificate the registry reads when it starts
     * @param dropOld nothing that was signed before is verified any more
     * @param registryRestarted the registry has been started since the next authority was announced
     */
    private record Rotation(
            @Nullable Boolean authority,
            @Nullable Boolean dropOld,
            @Nullable Boolean registryRestarted) {
        static final Rotation OF_THE_KEY = new Rotation(false, false, false);

        boolean wantsAuthority() {
            return Boolean.TRUE.equals(authority);
        }

        boolean dropsOld() {
            return Boolean.TRUE.equals(dropOld);
        }

        boolean isAfterRestart() {
            return Boolean.TRUE.equals(registryRestarted);
        }
    }

    private void rotate(Context ctx) {
        Account account = administratorOnly.require(ctx, ROTATE, RESOURCE);
        Rotation asked = ctx.bodyAsBytes().length == 0 ? Rotation.OF_THE_KEY : ctx.bodyAsClass(Rotation.class);
        Identity before = certificates.current();
        try {
            RotationOutcome outcome = rotate(asked);
            audit.record(ctx, account.name(), ROTATE, RESOURCE, true, outcome.audited());
            if (!outcome.problem().isEmpty()) {
                throw new ProblemException(Problem.unavailable(outcome.problem()));
            }
            ctx.status(outcome.status()).json(views());
        } catch (CertificatesException e) {
            LOG.error("cannot rotate the signing key", e);
            audit.record(ctx, account.name(), ROTATE, RESOURCE, true, "not written");
            throw new ProblemException(Problem.unavailable(notWritten(before)));
        }
    }

    private RotationOutcome rotate(Rotation asked) {
        if (asked.wantsAuthority()) {
            return authority.rotate(asked.dropsOld(), asked.isAfterRestart());
        }
        if (asked.isAfterRestart()) {
            throw new ProblemException(
                    Problem.badRequest("\"registry_restarted\" is about another authority: send \"authority\", too"));
        }
        if (asked.dropsOld()) {
            throw new ProblemException(
                    Problem.badRequest("\"drop_old\" needs another authority, for the registry trusts every key of the"
                            + " old one: send \"authority\": true, too"));
        }
        certificates.rotate();
        return RotationOutcome.ROTATED;
    }

    private String notWritten(Identity before) {
        return certificates.current().certificate().equals(before.certificate())
                ? "the next key could not be written, the old one signs on; the log of registry-auth says why"
                : "the next key signs, but not all files could be written; see the log of registry-auth, and rotate"
                        + " once more";
    }

    private List<KeyView> views() {
        List<X509Certificate> signers = certificates.signers();
        return signers.stream()
                .map(certificate -> KeyView.of(certificate, certificate.equals(signers.getFirst())))
                .toList();
    }
}
