package dev.sartor.serve.http;

import dev.sartor.core.Json;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonToken;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectReader;

/// Reads a request's body as one JSON object.
public final class Body {
    /// Of two fields with one name, one would be ignored.
    private static final ObjectReader STRICT =
            Json.mapper().reader().with(StreamReadFeature.STRICT_DUPLICATE_DETECTION);

    private static final String WORD = "[!#$%&'*+.^_`|~0-9A-Za-z-]+";
    private static final String QUOTED = "\"(?:[^\"\\\\]|\\\\.)*+\"";

    /// A media type with its parameters (RFC 9110, 8.3.1), of which a charset must be UTF-8.
    private static final Pattern JSON =
            Pattern.compile(
                    "application/json(?:[ \t]*;[ \t]*(?:charset=(?:utf-?8|\"utf-?8\")|(?!charset=)"
                            + WORD
                            + "=(?:"
                            + WORD
                            + "|"
                            + QUOTED
                            + "))?)*[ \t]*",
                    Pattern.CASE_INSENSITIVE);

    /// Of no use to anybody; the pattern's steps are bounded with it.
    private static final int LONGEST_TYPE = 256;

    private static final char BYTE_ORDER_MARK = '\uFEFF';

    /// The most bytes beyond the limit that are read before the refusal.
    private static final int DRAINED = 16 << 20;

    /// Values and names: as Java holds them, one takes up to a hundred times its bytes.
    private static final int MOST_VALUES = 100_000;

    private Body() {}

    /// @param mostBytes a longer body is refused with 413, whatever length its header claims
    public static JsonNode object(Context request, int mostBytes) {
        refuseOtherTypes(request);
        var text = text(bytes(request, mostBytes));
        try {
            refuseTooManyValues(text);
            var node = STRICT.readTree(text);
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

    /// Each value but the last has a byte of its own and one behind it, so that short texts need no look.
    private static void refuseTooManyValues(String text) {
        if (text.length() < 2 * MOST_VALUES) {
            return;
        }
        try (var parser = Json.mapper().createParser(text)) {
            int values = 0;
            for (var token = parser.nextToken(); token != null; token = parser.nextToken()) {
                values += token == JsonToken.END_ARRAY || token == JsonToken.END_OBJECT ? 0 : 1;
                if (values > MOST_VALUES) {
                    throw new Refused(
                            Failure.client(
                                    400,
                                    "The body holds more than "
                                            + MOST_VALUES
                                            + " values and names: send less at once.",
                                    "too_many_values"));
                }
            }
        }
    }

    /// Jackson's own decoder lets some malformed sequences pass, and takes other encodings for what they are.
    private static String text(byte[] bytes) {
        var in = ByteBuffer.wrap(bytes);
        var out = CharBuffer.allocate(bytes.length);
        var decoder = StandardCharsets.UTF_8.newDecoder(); // reports what is malformed
        var result = decoder.decode(in, out, true);
        if (result.isError()) {
            throw malformed("byte " + in.position() + " is not UTF-8");
        }
        out.flip();
        return out.length() > 0 && out.charAt(0) == BYTE_ORDER_MARK
                ? out.subSequence(1, out.length()).toString()
                : out.toString();
    }

    /// Browsers send `text/plain` and forms to any server without asking it first, but never `application/json`.
    private static void refuseOtherTypes(Context request) {
        var types = Collections.list(request.req().getHeaders("Content-Type"));
        if (types.size() != 1
                || types.getFirst().length() > LONGEST_TYPE
                || !JSON.matcher(types.getFirst()).matches()) {
            throw new Refused(
                    Failure.client(
                            415,
                            "The request needs the header 'Content-Type: application/json', its"
                                    + " charset UTF-8 where one is named, got "
                                    + (types.isEmpty() ? "none" : String.join(" and ", types))
                                    + ".",
                            "unsupported_media_type"));
        }
    }

    private static byte[] bytes(Context request, int mostBytes) {
        try (var in = request.req().getInputStream()) {
            var said = request.req().getContentLengthLong();
            var bytes = said > mostBytes ? new byte[0] : in.readNBytes(mostBytes + 1);
            if (bytes.length > mostBytes || said > mostBytes) {
                if (said <= DRAINED) {
                    drain(in);
                }
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
