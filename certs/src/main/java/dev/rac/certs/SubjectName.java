package dev.rac.certs;

import java.net.InetAddress;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;

/**
 * A name that a TLS certificate is for (RFC 5280, section 4.2.1.6).
 *
 * @param text a DNS name in lower case, or the canonical text of an address
 */
record SubjectName(int kind, String text) {
    private static final Pattern DNS =
            Pattern.compile("(\\*\\.)?[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*");
    private static final Pattern DIGITS = Pattern.compile("[0-9.]+");

    /**
     * Parses a name.
     *
     * @throws CertificatesException if it is neither a DNS name nor an IP address
     */
    static SubjectName parse(String name) {
        if (name.contains(":") || DIGITS.matcher(name).matches()) {
            return address(name);
        }
        String lower = name.toLowerCase(Locale.ROOT);
        if (name.length() > 253 || !DNS.matcher(lower).matches()) {
            throw new CertificatesException("\"" + name + "\" is neither a DNS name nor an IP address");
        }
        return new SubjectName(GeneralName.dNSName, lower);
    }

    private static SubjectName address(String name) {
        try {
            String canonical = InetAddress.ofLiteral(name).getHostAddress();
            // The JDK also takes short forms, such as 127.1.
            if (name.contains(":") || canonical.equals(name)) {
                return new SubjectName(GeneralName.iPAddress, canonical);
            }
            throw new CertificatesException("\"" + name + "\" is no IP address: write it as " + canonical);
        } catch (IllegalArgumentException e) {
            throw new CertificatesException("\"" + name + "\" is no IP address", e);
        }
    }

    static GeneralNames extension(List<SubjectName> names) {
        return new GeneralNames(names.stream()
                .map(name -> new GeneralName(name.kind(), name.text()))
                .toArray(GeneralName[]::new));
    }
}
