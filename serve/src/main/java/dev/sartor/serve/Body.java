package dev.sartor.serve;

import dev.sartor.core.Json;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectReader;

/// Reads a request's body as one JSON object.
final class Body {
    /// Of two fields with one name, one would be ignored.
    private static final ObjectReader STRICT =
            Json.mapper().reader().with(StreamReadFeature.STRICT_DUPLICATE_DETECTION);

    /// The most bytes beyond the limit that are read before the refusal.
    private static final int DRAINED = 16 << 20;

    private Body() {}

    /// @param mostBytes a longer body is refused with 413, whatever length its header claims
    static JsonNode object(Context request, int mostBytes) {
        refuseOtherTypes(request);
        var bytes = bytes(request, mostBytes);
        try {
            var node = STRICT.readTree(bytes);
            if (!node.isObject()) {
                throw malformed("it must be one JSON object");
            }
            return node;
        } catch (JacksonException e) {
            var place = e.getLocation();
            throw malformed(
                    e.getOriginalMessage()
                            + (place == null
                                    ? ""
                                    : " at line "
                                            + place.getLineNr()
                                            + ", column "
                                            + place.getColumnNr()));
        }
    }

    /// Browsers send `text/plain` and forms to any server without asking it first, but never `application/json`.
    private static void refuseOtherTypes(Context request) {
        var type = request.contentType();
        if (type == null || !type.toLowerCase(Locale.ROOT).startsWith("application/json")) {
            throw new Refused(
                    Failure.client(
                            415,
                            "The request needs the header 'Content-Type: application/json', got "
                                    + type
                                    + ".",
                            "unsupported_media_type"));
        }
    }

    private static byte[] bytes(Context request, int mostBytes) {
        try (var in = request.req().getInputStream()) {
            var bytes =
                    request.req().getContentLengthLong() > mostBytes
                            ? new byte[0]
                            : in.readNBytes(mostBytes + 1);
            if (bytes.length > mostBytes || request.req().getContentLengthLong() > mostBytes) {
                drain(in);
                throw new Refused(
                        Failure.client(
                                413,
                                "The request is larger than "
                                        + mostBytes
                                        + " bytes: send less at once.",
                                "request_too_large"));
            }
            return bytes;
        } catch (IOException e) {
            throw new ClientGone(e);
        }
    }

    /// A client that is still sending when the connection is closed may never see why: some more is read and forgotten.
    private static void drain(InputStream in) throws IOException {
        var forgotten = new byte[1 << 16];
        for (int read = 0, left = DRAINED; read >= 0 && left > 0; left -= read) {
            read = in.read(forgotten);
        }
    }

    private static Refused malformed(String reason) {
        return new Refused(
                Failure.client(400, "The body is not valid JSON: " + reason + ".", "invalid_json"));
    }
}
