package dev.rac.registryauth.token;

import dev.rac.certs.CertificatesException;
import dev.rac.certs.SigningCertificates;
import dev.rac.registryauth.audit.AuditLog;
import dev.rac.registryauth.user.Account;
import dev.rac.service.http.Problem;
import dev.rac.service.http.ProblemException;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code GET /signing-keys} and {@code POST /signing-keys/rotate}, for the administrator. Thread-safe. */
public final class SigningKeyRoutes {
    private static final Logger LOG = LoggerFactory.getLogger(SigningKeyRoutes.class);
    private static final String RESOURCE = "signing-keys";

    private final SigningCertificates certificates;
    private final Function<Context, Account> asking;
    private final AuditLog audit;

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

    private void rotate(Context ctx) {
        Account account = administrator(ctx, "signing-keys.rotate");
        try {
            certificates.rotate();
        } catch (CertificatesException e) {
            LOG.error("cannot rotate the signing key", e);
            throw new ProblemException(Problem.unavailable(
                    "the next key could not be written, the old one signs on; the log of registry-auth says why"));
        }
        audit.record(ctx, account.name(), "signing-keys.rotate", RESOURCE, true, "");
        ctx.json(views());
    }

    private List<KeyView> views() {
        List<X509Certificate> signers = certificates.signers();
        return signers.stream()
                .map(certificate -> KeyView.of(certificate, certificate.equals(signers.getFirst())))
                .toList();
    }

    private Account administrator(Context ctx, String action) {
        Account account = asking.apply(ctx);
        if (!account.administrator()) {
            audit.record(ctx, account.name(), action, RESOURCE, false, "not an administrator");
            throw new ProblemException(Problem.forbidden("only an administrator sees and rotates the signing keys"));
        }
        return account;
    }
}
