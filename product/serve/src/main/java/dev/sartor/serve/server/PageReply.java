package dev.sartor.serve.server;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/// What a browser gets.
public sealed interface PageReply {
    /// All of it at once. Text of some length is compressed where the browser takes that and no header says that it is already.
    ///
    /// @param headers beside those of all pages; `Content-Type` among them where there is a body
    record Whole(int status, Map<String, String> headers, byte[] body) implements PageReply {
        public Whole {
            headers = Map.copyOf(headers);
        }

        public static Whole html(int status, String page) {
            return new Whole(
                    status,
                    Map.of("Content-Type", "text/html; charset=utf-8", "Cache-Control", "no-store"),
                    page.getBytes(StandardCharsets.UTF_8));
        }

        /// The browser is to GET another page.
        public static Whole seeOther(String address, Map<String, String> headers) {
            var all = new HashMap<>(headers);
            all.put("Location", address);
            all.put("Cache-Control", "no-store");
            return new Whole(303, all, new byte[0]);
        }
    }

    /// Server-sent events for as long as the browser listens.
    record Events(Source source) implements PageReply {}

    /// Sends events until the sink is closed. Runs on a virtual thread that is interrupted when the server stops.
    @FunctionalInterface
    interface Source {
        void send(Sink sink) throws InterruptedException;
    }

    /// Where events go.
    interface Sink {
        /// @param type the event's name
        void send(String type, JsonNode data);

        /// Whether somebody still listens.
        boolean isOpen();
    }
}
