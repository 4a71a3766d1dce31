package dev.sartor.serve;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/// Certificates for 127.0.0.1 that nobody but a test trusts, made by the JDK's keytool.
final class Certificates {
    private static final Map<String, Certificates> MADE = new ConcurrentHashMap<>();
    private static final char[] PASSWORD = "password".toCharArray();

    private final KeyStore store;

    private Certificates(KeyStore store) {
        this.store = store;
    }

    /// Made once for all tests of a JVM.
    static Certificates of(String algorithm, String name) {
        return MADE.computeIfAbsent(
                algorithm + " " + name,
                _ -> {
                    try {
                        return make(algorithm, name);
                    } catch (Exception e) {
                        throw new IllegalStateException(e);
                    }
                });
    }

    private static Certificates make(String algorithm, String name) throws Exception {
        var folder = Files.createTempDirectory("sartor-certificates-");
        var file = folder.resolve(name + ".p12");
        var made =
                new ProcessBuilder(
                                List.of(
                                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                                .toString(),
                                        "-genkeypair",
                                        "-alias",
                                        "server",
                                        "-keyalg",
                                        algorithm,
                                        "-dname",
                                        "CN=" + name,
                                        "-ext",
                                        "san=ip:127.0.0.1,dns:localhost",
                                        "-keystore",
                                        file.toString(),
                                        "-storetype",
                                        "PKCS12",
                                        "-storepass",
                                        new String(PASSWORD)))
                        .redirectErrorStream(true)
                        .start();
        var said =
                new String(
                        made.getInputStream().readAllBytes(),
                        java.nio.charset.StandardCharsets.UTF_8);
        if (made.waitFor() != 0) {
            throw new IOException(said);
        }
        var store = KeyStore.getInstance(file.toFile(), PASSWORD);
        Files.delete(file);
        Files.delete(folder);
        return new Certificates(store);
    }

    private Certificate certificate() throws GeneralSecurityException {
        return store.getCertificate("server");
    }

    void write(Path certificate, Path key) throws Exception {
        Files.writeString(certificate, pem("CERTIFICATE", certificate().getEncoded()));
        Files.writeString(key, pem("PRIVATE KEY", store.getKey("server", PASSWORD).getEncoded()));
    }

    private static String pem(String label, byte[] bytes) {
        return "-----BEGIN "
                + label
                + "-----\n"
                + Base64.getMimeEncoder().encodeToString(bytes)
                + "\n-----END "
                + label
                + "-----\n";
    }

    /// Of a client that trusts this certificate alone.
    SSLContext trusting() throws Exception {
        var trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, PASSWORD);
        trusted.setCertificateEntry("server", certificate());
        var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(trusted);
        var context = SSLContext.getInstance("TLS");
        context.init(null, factory.getTrustManagers(), null);
        return context;
    }
}
