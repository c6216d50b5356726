/**
 * Keys and X.509 certificates: the local authorities, the token-signing certificate, TLS leaves.
 *
 * <p>There are two authorities. The registry believes every certificate of the token authority, so the TLS leaves,
 * which lie on the machine that faces the network, come from another one.
 */
@NullMarked
package dev.rac.certs;

import org.jspecify.annotations.NullMarked;
