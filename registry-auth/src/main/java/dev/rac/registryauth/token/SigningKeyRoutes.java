package dev.rac.registryauth.token;

import dev.rac.certs.CertificatesException;
import dev.rac.certs.SigningCertificates;
import dev.rac.registryauth.audit.AuditLog;
import dev.rac.registryauth.user.Account;
import dev.rac.registryauth.user.AdministratorOnly;
import dev.rac.service.http.Problem;
import dev.rac.service.http.ProblemException;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
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

    private final SigningCertificates certificates;
    private final Function<Context, Account> asking;
    private final AuditLog audit;
    private volatile @Nullable Runnable restartRegistry;

    /**
     * Prepares the routes.
     *
     * @param asking gives the person who sent a request, or ends it with a problem
     */
    public SigningKeyRoutes(SigningCertificates certificates, Function<Context, Account> asking, AuditLog audit) {
        this.certificates = certificates;
        this.asking = asking;
        this.audit = audit;
    }

    /** Has the registry started again when the bundle has another authority. */
    public void onNewAuthority(Runnable restart) {
        restartRegistry = restart;
    }

    public void addTo(JavalinConfig config) {
        config.routes.get("/signing-keys", ctx -> {
            administrator(ctx, "signing-keys.list");
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
     * @param registryRestarted the registry has been started since the next authority was announced
     */
    private record Rotation(
            @Nullable Boolean authority, @Nullable Boolean registryRestarted) {
        boolean wantsAuthority() {
            return Boolean.TRUE.equals(authority);
        }
    }

    private void rotate(Context ctx) {
        Account account = administrator(ctx, "signing-keys.rotate");
        Rotation asked = ctx.bodyAsBytes().length == 0 ? new Rotation(false, false) : ctx.bodyAsClass(Rotation.class);
        try {
            boolean done = rotate(asked);
            audit.record(ctx, account.name(), "signing-keys.rotate", RESOURCE, true, detail(asked, done));
            ctx.status(done ? HttpStatus.OK : HttpStatus.ACCEPTED).json(views());
        } catch (CertificatesException e) {
            LOG.error("cannot rotate the signing key", e);
            throw new ProblemException(Problem.unavailable(
                    "the next key could not be written, the old one signs on; the log of registry-auth says why"));
        }
    }

    private boolean rotate(Rotation asked) {
        if (asked.wantsAuthority()) {
            return rotateAuthority(asked);
        }
        if (Boolean.TRUE.equals(asked.registryRestarted())) {
            throw new ProblemException(
                    Problem.badRequest("\"registry_restarted\" is about another authority: send \"authority\", too"));
        }
        certificates.rotate();
        return true;
    }

    // One at a time: a second one would find the registry half-way through its restart.
    private synchronized boolean rotateAuthority(Rotation asked) {
        Runnable restart = restartRegistry;
        if (restart != null) {
            certificates.announceAuthority();
            restart.run();
            certificates.switchAuthority();
            // From now on it trusts the old one no longer.
            restart.run();
            return true;
        }
        if (Boolean.TRUE.equals(asked.registryRestarted())) {
            if (!certificates.isAuthorityAnnounced()) {
                throw new ProblemException(Problem.conflict(
                        "no other authority is announced: call this without \"registry_restarted\" first"));
            }
            certificates.switchAuthority();
            return true;
        }
        certificates.announceAuthority();
        return false;
    }

    private static String detail(Rotation asked, boolean done) {
        return asked.wantsAuthority() ? done ? "authority" : "authority announced" : "";
    }

    private List<KeyView> views() {
        List<X509Certificate> signers = certificates.signers();
        return signers.stream()
                .map(certificate -> KeyView.of(certificate, certificate.equals(signers.getFirst())))
                .toList();
    }

    private Account administrator(Context ctx, String action) {
        return new AdministratorOnly(asking, audit).require(ctx, action, RESOURCE);
    }
}
