package dev.sartor.studio;

import dev.sartor.core.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// A real browser without a window, driven over its DevTools protocol: keys go in, what a person would see comes out.
final class Chromium implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final Map<String, Integer> KEYS = Map.of("Tab", 9, "Enter", 13, "Escape", 27);

    private final Process process;
    private final HttpClient client = HttpClient.newHttpClient();
    private final WebSocket socket;
    private final Map<Integer, CompletableFuture<JsonNode>> waiting = new ConcurrentHashMap<>();
    private final AtomicInteger ids = new AtomicInteger();
    private String session = "";

    /// Every address that the pages asked for, and what they complained of.
    final List<String> requested = Collections.synchronizedList(new ArrayList<>());

    final List<String> complaints = Collections.synchronizedList(new ArrayList<>());

    static Optional<Path> program() {
        return Stream.of("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome")
                .map(Path::of)
                .filter(Files::isExecutable)
                .findFirst();
    }

    Chromium(Path program, Path profile) {
        try {
            process =
                    new ProcessBuilder(
                                    program.toString(),
                                    "--headless=new",
                                    "--no-sandbox",
                                    "--disable-gpu",
                                    "--disable-dev-shm-usage",
                                    "--disable-background-networking",
                                    "--no-first-run",
                                    "--remote-debugging-port=0",
                                    "--user-data-dir=" + profile,
                                    "about:blank")
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start();
            socket =
                    client.newWebSocketBuilder()
                            .buildAsync(URI.create(devTools()), new Listener())
                            .join();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        var target = send("Target.createTarget", json().put("url", "about:blank"));
        session =
                send(
                                "Target.attachToTarget",
                                json().put("targetId", target.get("targetId").asString())
                                        .put("flatten", true))
                        .get("sessionId")
                        .asString();
        for (var domain : List.of("Page", "Runtime", "Network", "Log")) {
            send(domain + ".enable", json());
        }
    }

    private String devTools() throws IOException {
        var errors =
                new BufferedReader(
                        new InputStreamReader(process.getErrorStream(), StandardCharsets.UTF_8));
        for (var line = errors.readLine(); line != null; line = errors.readLine()) {
            int at = line.indexOf("ws://");
            if (line.startsWith("DevTools listening") && at > 0) {
                Thread.ofVirtual().start(() -> errors.lines().forEach(_ -> {}));
                return line.substring(at).strip();
            }
        }
        throw new IllegalStateException("Chromium ended before it listened");
    }

    static ObjectNode json() {
        return Json.mapper().createObjectNode();
    }

    JsonNode send(String method, ObjectNode params) {
        int id = ids.incrementAndGet();
        var message = json().put("id", id).put("method", method);
        message.set("params", params);
        if (!session.isEmpty()) {
            message.put("sessionId", session);
        }
        var answer = new CompletableFuture<JsonNode>();
        waiting.put(id, answer);
        socket.sendText(message.toString(), true).join();
        return answer.orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
    }

    /// What an expression of the page says; of a promise, what it comes to.
    JsonNode evaluate(String expression) {
        var answer =
                send(
                        "Runtime.evaluate",
                        json().put("expression", expression)
                                .put("returnByValue", true)
                                .put("awaitPromise", true));
        if (answer.has("exceptionDetails")) {
            throw new AssertionError(expression + ": " + answer.get("exceptionDetails"));
        }
        return answer.path("result").path("value");
    }

    String text(String expression) {
        return evaluate(expression).asString("");
    }

    void open(String address) {
        send("Page.navigate", json().put("url", address));
        waitUntil("document.readyState === 'complete' && location.href !== 'about:blank'");
    }

    void waitUntil(String expression) {
        await(() -> evaluate("Boolean(" + expression + ")").asBoolean(false), expression);
    }

    private static void await(BooleanSupplier isSo, String what) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!isSo.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("waited in vain until " + what);
            }
            try {
                Thread.sleep(20);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }
    }

    void press(String key) {
        for (var type : List.of("rawKeyDown", "char", "keyUp")) {
            if (type.equals("char") && !key.equals("Enter")) {
                continue;
            }
            var event =
                    json().put("type", type)
                            .put("key", key)
                            .put("code", key)
                            .put("windowsVirtualKeyCode", KEYS.get(key));
            if (key.equals("Enter")) {
                event.put("text", "\r");
            }
            send("Input.dispatchKeyEvent", event);
        }
    }

    /// Goes on by the tabulator until an element is reached that a person would know by these words.
    void tabTo(String words) {
        for (int i = 0; i < 80; i++) {
            press("Tab");
            if (text("document.activeElement.textContent").strip().startsWith(words)) {
                return;
            }
        }
        throw new AssertionError("the tabulator does not reach '" + words + "'");
    }

    /// Opens the link or presses the button that has the focus, and waits for the next page.
    void enter() {
        var before = text("location.href");
        press("Enter");
        await(
                () ->
                        !text("location.href").equals(before)
                                && text("document.readyState").equals("complete"),
                "another page than " + before);
    }

    void window(int width, int height, boolean isDark) {
        send(
                "Emulation.setDeviceMetricsOverride",
                json().put("width", width)
                        .put("height", height)
                        .put("deviceScaleFactor", 1)
                        .put("mobile", width < 500));
        var features = Json.mapper().createArrayNode();
        features.addObject()
                .put("name", "prefers-color-scheme")
                .put("value", isDark ? "dark" : "light");
        send("Emulation.setEmulatedMedia", json().set("features", features));
    }

    void screenshot(Path file) throws IOException {
        var picture =
                send(
                        "Page.captureScreenshot",
                        json().put("format", "png").put("captureBeyondViewport", true));
        Files.createDirectories(file.getParent());
        Files.write(file, Base64.getDecoder().decode(picture.get("data").asString()));
    }

    @Override
    public void close() {
        socket.abort();
        client.close();
        process.destroy();
        try {
            if (!process.waitFor(5, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void told(JsonNode message) {
        if (message.has("id")) {
            var answer = Objects.requireNonNull(waiting.remove(message.get("id").asInt()));
            if (message.has("error")) {
                answer.completeExceptionally(new AssertionError(message.get("error").toString()));
            } else {
                answer.complete(message.path("result"));
            }
            return;
        }
        var params = message.path("params");
        switch (message.path("method").asString("")) {
            case "Network.requestWillBeSent" ->
                    requested.add(params.path("request").path("url").asString(""));
            case "Runtime.exceptionThrown" -> complaints.add(params.toString());
            case "Log.entryAdded" -> {
                if (params.path("entry").path("level").asString("").equals("error")) {
                    complaints.add(params.toString());
                }
            }
            default -> {}
        }
    }

    private final class Listener implements WebSocket.Listener {
        private final StringBuilder text = new StringBuilder();

        @Override
        public CompletionStage<?> onText(WebSocket from, CharSequence part, boolean isLast) {
            text.append(part);
            if (isLast) {
                var whole = text.toString();
                text.setLength(0);
                told(Json.mapper().readTree(whole));
            }
            from.request(1);
            return CompletableFuture.completedFuture(null);
        }
    }
}
