package dev.sartor.serve;

import java.nio.file.Path;

/// How bytes come from callers to the server. Keys and texts cross no network in the clear.
public sealed interface Transport {
    /// In the clear, which is for this machine alone.
    record Plain() implements Transport {}

    /// Encrypted from the caller on. Both files are followed: others put in their place are used for new connections.
    ///
    /// @param certificate a PEM file: the server's certificate, and those that lead from it to an authority
    /// @param key a PEM file: the certificate's private key in PKCS #8, not encrypted
    record Tls(Path certificate, Path key) implements Transport {}

    /// In the clear from a proxy that ends the encryption; nobody else is answered.
    record BehindProxy(Networks proxies) implements Transport {}
}
