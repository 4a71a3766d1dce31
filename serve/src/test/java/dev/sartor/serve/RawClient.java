package dev.sartor.serve;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/// A client that reads only when it is told, and hangs up when it is closed.
final class RawClient implements AutoCloseable {
    private final Socket socket = new Socket();
    private final InputStream in;

    /// @param receives bytes that the system takes for it before it reads
    RawClient(Server server, int receives) {
        try {
            socket.setReceiveBufferSize(receives);
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()));
            socket.setSoTimeout(60_000);
            in = new BufferedInputStream(socket.getInputStream());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static RawClient chatting(Server server, String body) {
        var client = new RawClient(server, 4096);
        client.post("/v1/chat/completions", body);
        return client;
    }

    void post(String path, String body) {
        var bytes = body.getBytes(StandardCharsets.UTF_8);
        send(
                "POST "
                        + path
                        + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                        + "Content-Length: "
                        + bytes.length
                        + "\r\n\r\n"
                        + body);
    }

    void send(String text) {
        try {
            socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
            socket.getOutputStream().flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Reads until this text has come.
    void await(String text) {
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        try {
            for (int found = 0; found < bytes.length; ) {
                int next = in.read();
                if (next < 0) {
                    throw new IllegalStateException("the server hung up before: " + text);
                }
                found = next == bytes[found] ? found + 1 : next == bytes[0] ? 1 : 0;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
