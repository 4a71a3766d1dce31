package dev.sartor.sources;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.GZIPInputStream;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.transport.PacketLineOut;
import org.eclipse.jgit.transport.RefAdvertiser;
import org.eclipse.jgit.transport.UploadPack;

/// A repository over Git's smart HTTP protocol.
final class GitServer implements AutoCloseable {
    private final HttpServer server;
    private final Repository repository;
    final AtomicLong sent = new AtomicLong();

    GitServer(Repository repository) throws IOException {
        this.repository = repository;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/repo.git/info/refs", this::advertise);
        server.createContext("/repo.git/git-upload-pack", this::upload);
        server.start();
    }

    String address() {
        return "git+http://localhost:" + server.getAddress().getPort() + "/repo.git";
    }

    private void advertise(HttpExchange exchange) throws IOException {
        exchange.getResponseHeaders()
                .set("Content-Type", "application/x-git-upload-pack-advertisement");
        exchange.sendResponseHeaders(200, 0);
        try (var body = exchange.getResponseBody()) {
            body.write("001e# service=git-upload-pack\n0000".getBytes(StandardCharsets.UTF_8));
            var pack = new UploadPack(repository);
            pack.setBiDirectionalPipe(false);
            pack.sendAdvertisedRefs(
                    new RefAdvertiser.PacketLineOutRefAdvertiser(new PacketLineOut(body)));
        }
    }

    private void upload(HttpExchange exchange) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "application/x-git-upload-pack-result");
        exchange.sendResponseHeaders(200, 0);
        var zipped = "gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"));
        try (var body = exchange.getResponseBody();
                var counted =
                        new java.io.FilterOutputStream(body) {
                            @Override
                            public void write(byte[] bytes, int from, int n) throws IOException {
                                sent.addAndGet(n);
                                out.write(bytes, from, n);
                            }
                        }) {
            var pack = new UploadPack(repository);
            pack.setBiDirectionalPipe(false);
            var in = exchange.getRequestBody();
            pack.upload(zipped ? new GZIPInputStream(in) : in, counted, null);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
