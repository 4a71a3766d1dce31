package dev.sartor.sources;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;

/// A web site of a few pages, with ETags, which may misbehave.
final class Site implements AutoCloseable {
    final Map<String, String> pages = new ConcurrentHashMap<>();

    /// A status, and a header with its value, for an address in place of its page.
    final Map<String, List<String>> answers = new ConcurrentHashMap<>();

    /// Addresses that go on and on.
    final List<String> endless = new CopyOnWriteArrayList<>();

    /// What was sent whole.
    final List<String> sent = new CopyOnWriteArrayList<>();

    private final HttpServer server;

    Site() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::answer);
        server.start();
    }

    String at(String path) {
        return "http://localhost:" + server.getAddress().getPort() + path;
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            var path = exchange.getRequestURI().getPath();
            if (endless.contains(path)) {
                exchange.sendResponseHeaders(200, 0);
                goOn(exchange.getResponseBody());
            }
            var answer = answers.get(path);
            if (answer != null) {
                if (answer.size() == 4) {
                    answers.remove(path); // once
                }
                if (answer.size() > 2) {
                    exchange.getResponseHeaders().set(answer.get(1), answer.get(2));
                }
                exchange.sendResponseHeaders(Integer.parseInt(answer.getFirst()), -1);
                return;
            }
            var page = pages.get(path);
            if (page == null) {
                exchange.sendResponseHeaders(404, -1);
                return;
            }
            var tag = "\"" + page.hashCode() + "\"";
            var type =
                    path.endsWith(".xml")
                            ? "text/xml"
                            : path.endsWith(".html") ? "text/html" : "text/plain";
            exchange.getResponseHeaders().set("Content-Type", type);
            exchange.getResponseHeaders().set("ETag", tag);
            if (tag.equals(exchange.getRequestHeaders().getFirst("If-None-Match"))) {
                exchange.sendResponseHeaders(304, -1);
                return;
            }
            sent.add(path);
            var bytes = page.replace("SITE", at("")).getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    private static void goOn(OutputStream body) throws IOException {
        try {
            while (true) {
                body.write("<p>and on</p>".getBytes(StandardCharsets.UTF_8));
                body.flush();
                Thread.sleep(5);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
