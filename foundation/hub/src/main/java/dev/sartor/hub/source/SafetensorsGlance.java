package dev.sartor.hub.source;

import dev.sartor.core.Json;
import dev.sartor.hub.fetch.FetchFailure;
import dev.sartor.hub.fetch.Fetcher;
import dev.sartor.hub.fetch.Web;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/// Counts the values in a safetensors file from its header alone, fetched by range: eight bytes of length, then JSON with
/// each tensor's shape.
record SafetensorsGlance(Fetcher fetcher, URI address) {
    private static final int USUAL = 1 << 16;
    private static final int LONGEST = 64 << 20;

    long parameters() throws FetchFailure {
        var bytes = fetcher.first(address, USUAL);
        if (bytes.length < Long.BYTES) {
            throw unusable("it is too short");
        }
        long length = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong();
        if (length < 2 || length > LONGEST) {
            throw unusable("its header would have " + Long.toUnsignedString(length) + " bytes");
        }
        int end = (int) length + Long.BYTES;
        if (bytes.length < end) {
            bytes = fetcher.first(address, end);
        }
        if (bytes.length < end) {
            throw unusable("its header is cut off");
        }
        return count(Arrays.copyOfRange(bytes, Long.BYTES, end));
    }

    private long count(byte[] header) throws FetchFailure.Refused {
        try {
            long sum = 0;
            for (var tensor : Json.mapper().readTree(header).properties()) {
                if (!tensor.getKey().equals("__metadata__")) {
                    sum = Math.addExact(sum, size(tensor.getValue()));
                }
            }
            return sum;
        } catch (JacksonException | ArithmeticException e) {
            throw new FetchFailure.Refused(
                    Web.shown(address) + " is not a usable safetensors file", e);
        }
    }

    private static long size(JsonNode tensor) {
        long size = 1;
        for (var side : tensor.path("shape")) {
            size = Math.multiplyExact(size, side.asLong(0));
        }
        return size;
    }

    private FetchFailure.Refused unusable(String why) {
        return new FetchFailure.Refused(
                Web.shown(address) + " is not a usable safetensors file: " + why);
    }
}
