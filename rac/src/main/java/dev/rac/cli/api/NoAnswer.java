package dev.rac.cli.api;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;

/** Why no answer came, and what to do about it. Pure. */
final class NoAnswer {
    private NoAnswer() {}

    static ApiException of(URI url, Trust trust, IOException e) {
        return new ApiException(words(url, trust, e), e);
    }

    private static String words(URI url, Trust trust, IOException e) {
        return switch (e) {
            case HttpTimeoutException ignored ->
                url + " does not answer in time: try again, or look at --url (RAC_URL)";
            case ConnectException ignored
            when caused(e, UnresolvedAddressException.class) ->
                "the host of " + url + " is not known: look at --url (RAC_URL)";
            case ConnectException ignored ->
                "nothing answers at " + url + ": start RAC there, or say where it is with --url (RAC_URL)";
            case SSLException ignored -> tls(url, trust, e);
            default -> url + " broke the connection off (" + reason(e) + "): try again, or look at --url (RAC_URL)";
        };
    }

    private static String tls(URI url, Trust trust, IOException e) {
        if (caused(e, CertPathBuilderException.class) || caused(e, CertPathValidatorException.class)) {
            return "the certificate of " + url + " is not trusted (" + reason(e) + "): " + trust.advice();
        }
        if (caused(e, CertificateException.class)) {
            return "the certificate of " + url + " is for another host (" + reason(e) + "): look at --url (RAC_URL)";
        }
        return url + " does not speak TLS as it should (" + reason(e) + "): is it http, or another port?";
    }

    private static boolean caused(Throwable e, Class<? extends Throwable> type) {
        return causes(e).anyMatch(type::isInstance);
    }

    // The first cause knows most.
    private static String reason(Throwable e) {
        Optional<String> message = causes(e)
                .map(Throwable::getMessage)
                .filter(text -> text != null && !text.isBlank())
                .reduce((outer, inner) -> inner);
        return Words.oneLine(message.orElse(e.getClass().getSimpleName()));
    }

    private static Stream<Throwable> causes(Throwable e) {
        return Stream.iterate(e, cause -> cause != null, Throwable::getCause);
    }
}
