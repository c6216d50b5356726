package dev.rac.certs;

import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What signs tokens and what verifies them.
 *
 * @param next an announced authority, from which nothing comes yet
 * @param retired the certificates of former signers, the last one first
 */
record SigningState(Authority authority, @Nullable Authority next, Identity signer, List<X509Certificate> retired) {
    SigningState {
        retired = List.copyOf(retired);
    }

    /** With another signer from the same authority; this one retires. */
    SigningState rotated(Identity successor, Instant now) {
        return new SigningState(authority, next, successor, signers(now));
    }

    /** With a signer from the announced authority, and nothing from the old one but what its signers have signed. */
    SigningState switched(Authority announced, Identity successor, Instant now) {
        return new SigningState(announced, null, successor, signers(now));
    }

    /** Without the certificates of former signers. */
    SigningState withoutRetired() {
        return new SigningState(authority, next, signer, List.of());
    }

    /** With the signers of another state, and the authorities of this one. */
    SigningState publishing(SigningState after) {
        return new SigningState(authority, next, after.signer, after.retired);
    }

    /** The certificates whose keys have signed what may still be in use, newest first. */
    List<X509Certificate> signers(Instant now) {
        var kept = new ArrayList<>(List.of(signer.certificate()));
        // Each was in use until its successor was made.
        X509Certificate successor = signer.certificate();
        for (X509Certificate other : retired) {
            Instant dropped = successor.getNotBefore().toInstant().plus(SigningCertificates.RETIRED_FOR);
            if (!kept.contains(other)
                    && now.isBefore(dropped)
                    && other.getNotAfter().toInstant().isAfter(now)) {
                kept.add(other);
            }
            successor = other;
        }
        return List.copyOf(kept);
    }

    /** {@link #signers} and the certificates of the authorities, in PEM. */
    String bundle(Instant now) {
        var authorities = Stream.of(authority.certificate());
        if (next != null) {
            authorities = Stream.concat(authorities, Stream.of(next.certificate()));
        }
        return Pem.encode(signers(now)) + Pem.encode(authorities.distinct().toList());
    }

    /** When the first of what verifies tokens signed now expires. */
    Instant expiresAt() {
        Instant authorised = authority.certificate().getNotAfter().toInstant();
        return signer.expiresAt().isBefore(authorised) ? signer.expiresAt() : authorised;
    }
}
