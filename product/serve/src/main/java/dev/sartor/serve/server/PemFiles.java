package dev.sartor.serve.server;

import dev.sartor.core.SartorException;
import dev.sartor.serve.Transport;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.regex.Pattern;

/// A certificate and its key as two PEM files hold them (RFC 7468).
///
/// @param certificate the text of the first file
/// @param key the text of the second
record PemFiles(Transport.Tls names, String certificate, String key) {
    private static final int MOST_BYTES = 1 << 20;
    private static final Pattern PRIVATE =
            Pattern.compile(
                    "-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]*)-----END PRIVATE KEY-----");

    /// @throws SartorException a user's error where one of them cannot be read
    static PemFiles read(Transport.Tls names) {
        return new PemFiles(
                names, text("--tls-cert", names.certificate()), text("--tls-key", names.key()));
    }

    private static String text(String option, Path file) {
        try {
            if (Files.size(file) > MOST_BYTES) {
                throw new IOException("it has more than " + (MOST_BYTES >> 20) + " MiB");
            }
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw SartorException.user(
                    option
                            + " must be a PEM file that can be read, got "
                            + file
                            + " ("
                            + e.getMessage()
                            + "): name one.",
                    e);
        }
    }

    /// @return with one entry, under an empty password
    /// @throws SartorException a user's error where they cannot be understood, or do not belong together
    KeyStore store() {
        var chain = chain();
        var own = privateKey((X509Certificate) chain[0]);
        try {
            var store = KeyStore.getInstance("PKCS12");
            store.load(null, new char[0]);
            store.setKeyEntry("server", own, new char[0], chain);
            return store;
        } catch (GeneralSecurityException | IOException e) {
            throw SartorException.user(
                    names.certificate()
                            + " and "
                            + names.key()
                            + " cannot be used: "
                            + e.getMessage()
                            + ".",
                    e);
        }
    }

    private Certificate[] chain() {
        try {
            var bytes = certificate.getBytes(StandardCharsets.ISO_8859_1);
            var chain =
                    CertificateFactory.getInstance("X.509")
                            .generateCertificates(new ByteArrayInputStream(bytes))
                            .toArray(new Certificate[0]);
            if (chain.length > 0) {
                return chain;
            }
        } catch (GeneralSecurityException e) {
            throw noCertificate(e);
        }
        throw noCertificate(new GeneralSecurityException("it holds none"));
    }

    private SartorException noCertificate(GeneralSecurityException e) {
        return SartorException.user(
                "--tls-cert must be a PEM file of certificates, the server's first, got "
                        + names.certificate()
                        + " ("
                        + e.getMessage()
                        + "): name such a file.",
                e);
    }

    private PrivateKey privateKey(X509Certificate holder) {
        var found = PRIVATE.matcher(key);
        if (!found.find()) {
            throw SartorException.user(
                    "--tls-key must be a PEM file with -----BEGIN PRIVATE KEY----- (PKCS #8, not encrypted), got "
                            + names.key()
                            + ": `openssl pkcs8 -topk8 -nocrypt -in "
                            + names.key()
                            + " -out pkcs8.pem` makes one.");
        }
        try {
            var algorithm = holder.getPublicKey().getAlgorithm();
            var own =
                    KeyFactory.getInstance(algorithm)
                            .generatePrivate(
                                    new PKCS8EncodedKeySpec(
                                            Base64.getMimeDecoder().decode(found.group(1))));
            if (!signsFor(holder, own)) {
                throw new GeneralSecurityException("it is the key of another certificate");
            }
            return own;
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw SartorException.user(
                    "--tls-key "
                            + names.key()
                            + " does not belong to the certificate of "
                            + names.certificate()
                            + " ("
                            + e.getMessage()
                            + "): name the two that were made together.",
                    e);
        }
    }

    private static boolean signsFor(X509Certificate holder, PrivateKey own)
            throws GeneralSecurityException {
        var algorithm =
                switch (own.getAlgorithm()) {
                    case "RSA" -> "SHA256withRSA";
                    case "EC" -> "SHA256withECDSA";
                    default -> own.getAlgorithm();
                };
        var signing = Signature.getInstance(algorithm);
        signing.initSign(own);
        var signed = signing.sign();
        signing.initVerify(holder.getPublicKey());
        return signing.verify(signed);
    }
}
