package dev.sartor.cli.serve;

import dev.sartor.core.SartorException;
import dev.sartor.serve.Networks;
import dev.sartor.serve.Transport;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/// Where a server listens, and how callers' bytes come there.
final class ListeningOptions {
    @Option(
            names = "--host",
            description =
                    "The address to listen on (default: ${DEFAULT-VALUE}); another one needs keys, and TLS or a proxy.")
    String host = "127.0.0.1";

    @Option(
            names = "--port",
            description = "The port (default: ${DEFAULT-VALUE}); 0 takes a free one.")
    int port = 8080;

    @Option(
            names = "--tls-cert",
            paramLabel = "FILE",
            description =
                    "A PEM file: the server's certificate, and those that lead to an authority. It is followed, as is"
                            + " --tls-key: a renewed one is used within some seconds.")
    Optional<Path> tlsCertificate = Optional.empty();

    @Option(
            names = "--tls-key",
            paramLabel = "FILE",
            description = "A PEM file: the certificate's private key (PKCS #8, not encrypted).")
    Optional<Path> tlsKey = Optional.empty();

    @Option(
            names = "--behind-proxy",
            split = ",",
            paramLabel = "ADDRESS",
            description =
                    "Addresses or networks (10.0.0.0/8) from which a proxy that ends TLS connects; others are refused.")
    List<String> behindProxy = List.of();

    Transport transport() {
        if (tlsCertificate.isPresent() != tlsKey.isPresent()) {
            throw SartorException.user(
                    "--tls-cert and --tls-key belong together: give both, or neither.");
        }
        if (behindProxy.isEmpty()) {
            return tlsCertificate.isPresent()
                    ? new Transport.Tls(tlsCertificate.get(), tlsKey.orElseThrow())
                    : new Transport.Plain();
        }
        if (tlsCertificate.isPresent()) {
            throw SartorException.user(
                    "--behind-proxy is for a server in the clear behind a proxy that ends TLS: leave it out, or"
                            + " --tls-cert and --tls-key.");
        }
        return new Transport.BehindProxy(Networks.of(behindProxy));
    }
}
