package dev.sartor.state.audit;

import dev.sartor.core.SartorException;
import dev.sartor.core.file.AtomicFile;
import dev.sartor.core.file.Sha256;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;

/// The key of a log by which its heads are signed: Ed25519 (RFC 8032), made with the log.
final class SigningKey {
    private static final String ALGORITHM = "Ed25519";

    private final PrivateKey own;
    private final String shown;

    private SigningKey(PrivateKey own, String shown) {
        this.own = own;
        this.shown = shown;
    }

    /// Makes it where there is none.
    static SigningKey in(Path folder) {
        var file = folder.resolve("signing.key");
        try {
            if (!Files.exists(file)) {
                make(folder, file);
            }
            var bytes = Base64.getDecoder().decode(Files.readString(file).strip());
            return new SigningKey(
                    KeyFactory.getInstance(ALGORITHM)
                            .generatePrivate(new PKCS8EncodedKeySpec(bytes)),
                    Files.readString(publicKey(folder)).strip());
        } catch (IOException e) {
            throw AtomicFile.failure(file, e);
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw SartorException.user(
                    file
                            + " is no key of an audit log: put the one back that was there, or begin a new log"
                            + " in another folder.",
                    e);
        }
    }

    /// Each is written whole or not, the public one first.
    private static void make(Path folder, Path file) throws GeneralSecurityException {
        var pair = KeyPairGenerator.getInstance(ALGORITHM).generateKeyPair();
        AtomicFile.write(publicKey(folder), text(pair.getPublic().getEncoded()));
        AtomicFile.write(file, text(pair.getPrivate().getEncoded()));
    }

    private static String text(byte[] key) {
        return Base64.getEncoder().encodeToString(key) + "\n";
    }

    static Path publicKey(Path folder) {
        return folder.resolve("signing.pub");
    }

    /// Base64 of the public key's X.509 form.
    String shown() {
        return shown;
    }

    /// Base64.
    String sign(String text) {
        try {
            var signature = Signature.getInstance(ALGORITHM);
            signature.initSign(own);
            signature.update(text.getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(signature.sign());
        } catch (GeneralSecurityException e) {
            throw SartorException.defect("cannot sign", e);
        }
    }

    /// @param key as it is {@link #shown()}
    static boolean hasSigned(String key, String text, String signature) {
        try {
            PublicKey known =
                    KeyFactory.getInstance(ALGORITHM)
                            .generatePublic(
                                    new X509EncodedKeySpec(Base64.getDecoder().decode(key)));
            var verifying = Signature.getInstance(ALGORITHM);
            verifying.initVerify(known);
            verifying.update(text.getBytes(StandardCharsets.UTF_8));
            return verifying.verify(Base64.getDecoder().decode(signature));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            return false;
        }
    }

    /// By which people compare keys: the first 16 digits of SHA-256 of what is shown.
    static String fingerprint(String key) {
        return Sha256.of(key).substring(0, 16);
    }
}
