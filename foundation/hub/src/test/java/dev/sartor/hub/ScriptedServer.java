package dev.sartor.hub;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

/// A web server on this machine that answers as a test tells it, wrong lengths, cuts and silence included. One request
/// for each connection.
public final class ScriptedServer implements AutoCloseable {
    /// What was asked; header names in lower case.
    public record Request(String path, Map<String, String> headers) {
        public String range() {
            return headers.getOrDefault("range", "");
        }

        public boolean hasRange() {
            return !range().isEmpty();
        }

        /// Whether it asks for the rest of what was cut off. The last bytes before a cut may be lost on the way to the
        /// reader, so that it asks for those again.
        public boolean resumes(int first, int cutAt, int last) {
            var bounds = hasRange() ? bounds(Integer.MAX_VALUE) : new int[] {first, last};
            return bounds[0] > first && bounds[0] <= cutAt && bounds[1] == last;
        }

        /// First and last byte, clipped to the content.
        int[] bounds(int length) {
            var parts = range().substring("bytes=".length()).split("-", -1);
            int first = Integer.parseInt(parts[0]);
            int last = (int) Math.min(length - 1L, Long.parseLong(parts[1]));
            return new int[] {first, last};
        }
    }

    /// @param sent how many of the body's bytes really go out
    /// @param silent whether the connection then stays open and silent, rather than being closed
    public record Reply(
            int status, Map<String, String> headers, ByteBuffer body, int sent, boolean silent) {
        public static Reply of(int status) {
            return new Reply(
                    status, Map.of("Content-Length", "0"), ByteBuffer.allocate(0), 0, false);
        }

        public static Reply whole(byte[] body) {
            return new Reply(
                    200,
                    Map.of("Content-Length", String.valueOf(body.length)),
                    ByteBuffer.wrap(body),
                    body.length,
                    false);
        }

        /// Nobody says how long it is; its end is the connection's.
        public static Reply withoutLength(byte[] body) {
            return new Reply(200, Map.of(), ByteBuffer.wrap(body), body.length, false);
        }

        public static Reply json(String text) {
            return whole(text.getBytes(StandardCharsets.UTF_8));
        }

        /// The whole, or the part that was asked for.
        public static Reply of(Request request, byte[] content) {
            if (!request.hasRange()) {
                return whole(content);
            }
            var bounds = request.bounds(content.length);
            var part = Arrays.copyOfRange(content, bounds[0], bounds[1] + 1);
            var headers = new LinkedHashMap<String, String>();
            headers.put("Content-Length", String.valueOf(part.length));
            headers.put(
                    "Content-Range", "bytes " + bounds[0] + "-" + bounds[1] + "/" + content.length);
            return new Reply(206, headers, ByteBuffer.wrap(part), part.length, false);
        }

        public static Reply redirect(URI to) {
            return of(302).with("Location", to.toString());
        }

        public Reply with(String name, String value) {
            var all = new LinkedHashMap<>(headers);
            all.put(name, value);
            return new Reply(status, all, body, sent, silent);
        }

        /// The connection is closed in the middle.
        public Reply cutAfter(int bytes) {
            return new Reply(status, headers, body, bytes, false);
        }

        public Reply silentAfter(int bytes) {
            return new Reply(status, headers, body, bytes, true);
        }
    }

    /// How requests are answered.
    @FunctionalInterface
    public interface Script {
        Reply answer(Request request);
    }

    private final ServerSocket socket;
    private final Script script;
    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private final CountDownLatch closed = new CountDownLatch(1);
    private Thread accepting = Thread.currentThread();

    private ScriptedServer(ServerSocket socket, Script script) {
        this.socket = socket;
        this.script = script;
    }

    public static ScriptedServer answering(Script script) throws IOException {
        var socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        var server = new ScriptedServer(socket, script);
        server.accepting = Thread.ofVirtual().start(server::accept);
        return server;
    }

    public URI uri(String path) {
        return URI.create("http://127.0.0.1:" + socket.getLocalPort() + path);
    }

    /// The same server by another name, so that it looks like another host.
    public URI elsewhere(String path) {
        return URI.create("http://localhost:" + socket.getLocalPort() + path);
    }

    public List<Request> requests() {
        return List.copyOf(requests);
    }

    private void accept() {
        while (!socket.isClosed()) {
            try {
                var connection = socket.accept();
                Thread.ofVirtual().start(() -> serve(connection));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serve(Socket connection) {
        try (connection) {
            var request =
                    read(
                            new BufferedReader(
                                    new InputStreamReader(
                                            connection.getInputStream(),
                                            StandardCharsets.US_ASCII)));
            requests.add(request);
            write(script.answer(request), connection.getOutputStream());
        } catch (IOException e) {
            // The client went away, which is part of what is tested.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Request read(BufferedReader in) throws IOException {
        var first = in.readLine();
        if (first == null) {
            throw new IOException("no request");
        }
        var headers = new LinkedHashMap<String, String>();
        for (var line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
            int colon = line.indexOf(':');
            headers.put(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip());
        }
        return new Request(
                first.substring(first.indexOf(' ') + 1, first.lastIndexOf(' ')), headers);
    }

    private void write(Reply reply, OutputStream out) throws IOException, InterruptedException {
        var head = new StringBuilder("HTTP/1.1 " + reply.status() + " x\r\nConnection: close\r\n");
        reply.headers().forEach((k, v) -> head.append(k + ": " + v + "\r\n"));
        out.write(head.append("\r\n").toString().getBytes(StandardCharsets.US_ASCII));
        out.write(reply.body().array(), 0, Math.min(reply.sent(), reply.body().capacity()));
        out.flush();
        if (reply.silent()) {
            closed.await();
        } else if (reply.sent() < reply.body().capacity()) {
            Thread.sleep(100);
        }
    }

    @Override
    public void close() throws IOException {
        closed.countDown();
        socket.close();
        try {
            // The port is free once nobody waits at it any more.
            accepting.join(Duration.ofSeconds(5));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
