package dev.rac.service.http;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.Optional;

/** The IP addresses that begin like one: {@code 10.0.0.0/8}, {@code fd00::/8}, {@code 127.0.0.1} (RFC 4632, 4291). */
record Network(InetAddress address, int prefixBits) {

    /** The network, or nothing if the text is none. Never asks a name server. */
    static Optional<Network> parse(String text) {
        int slash = text.indexOf('/');
        String host = slash < 0 ? text : text.substring(0, slash);
        try {
            InetAddress address = InetAddress.ofLiteral(host);
            int bits = address.getAddress().length * Byte.SIZE;
            int prefix = slash < 0 ? bits : Integer.parseInt(text.substring(slash + 1));
            return prefix >= 0 && prefix <= bits ? Optional.of(new Network(address, prefix)) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    boolean contains(InetAddress other) {
        byte[] ours = address.getAddress();
        byte[] theirs = other.getAddress();
        if (ours.length != theirs.length) {
            return false;
        }
        int whole = prefixBits / Byte.SIZE;
        int rest = prefixBits % Byte.SIZE;
        return Arrays.equals(ours, 0, whole, theirs, 0, whole)
                && (rest == 0 || ((ours[whole] ^ theirs[whole]) & 0xff) >> (Byte.SIZE - rest) == 0);
    }
}
