package dev.sartor.cli.serve;

import dev.sartor.cli.Checkout;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;

/// An adapter of the tiny llama as callers send it, its weights changed so that each says something else.
final class TinyAdapter {
    static final Path LORA =
            Checkout.file("engine/model/src/test/resources/reference/llama").resolve("lora");
    private static final int BLOCK = 512;

    private final Map<String, byte[]> files = new LinkedHashMap<>();

    private TinyAdapter() {}

    /// The weights of the reference, each number as it is changed to.
    static TinyAdapter of(UnaryOperator<Float> change) throws IOException {
        var weights = Files.readAllBytes(LORA.resolve("adapter_model.safetensors"));
        var buffer = ByteBuffer.wrap(weights).order(ByteOrder.LITTLE_ENDIAN);
        int begin = (int) buffer.getLong(0) + 8;
        for (int at = begin; at < weights.length; at += 4) {
            buffer.putFloat(at, change.apply(buffer.getFloat(at)));
        }
        var made = new TinyAdapter();
        made.files.put(
                "adapter_config.json", Files.readAllBytes(LORA.resolve("adapter_config.json")));
        made.files.put("adapter_model.safetensors", weights);
        return made;
    }

    static TinyAdapter times(float factor) throws IOException {
        return of(number -> number * factor);
    }

    /// What is none of this model's, by what is said of it.
    static Map<String, TinyAdapter> unusable() throws IOException {
        var settings = Files.readString(LORA.resolve("adapter_config.json"));
        var weights = times(1).bytes("adapter_model.safetensors");
        return Map.of(
                "must hold adapter_model.safetensors",
                times(1).without("adapter_model.safetensors"),
                "a pickle, which can run code",
                times(1).with("adapter_model.bin", "x"),
                "is cut off",
                times(1).with(
                                "adapter_model.safetensors",
                                Arrays.copyOf(weights, weights.length - 4)),
                "whose header has at most 4194304 bytes",
                times(1).with("adapter_model.safetensors", "a pickle, for instance"),
                "weights must be finite numbers",
                of(_ -> Float.NaN),
                "is for another model",
                times(1).with(
                                "adapter_config.json",
                                settings.replaceFirst("\"r\": \\d+", "\"r\": 3")),
                "takes too long on a layer's path",
                times(1).with(
                                "adapter_config.json",
                                settings.replaceFirst(
                                        "\"rank_pattern\": \\{\\}",
                                        "\"rank_pattern\": {\".*.*.*.*.*.*.*.*[.]x\": 4}")),
                "must hold `\"readers\"`",
                times(1).with("readers.json", "{\"readers\": 7}"),
                "must have at most 262144 bytes",
                times(1).with("adapter_config.json", " ".repeat(300_000)));
    }

    TinyAdapter with(String name, byte[] bytes) {
        files.put(name, bytes);
        return this;
    }

    TinyAdapter with(String name, String text) {
        return with(name, text.getBytes(StandardCharsets.UTF_8));
    }

    TinyAdapter without(String name) {
        files.remove(name);
        return this;
    }

    byte[] bytes(String name) {
        return files.getOrDefault(name, new byte[0]);
    }

    byte[] tar() {
        var out = new ByteArrayOutputStream();
        files.forEach((name, bytes) -> {
            var block = new byte[BLOCK + (bytes.length + BLOCK - 1) / BLOCK * BLOCK];
            put(block, 0, "./" + name);
            put(block, 124, String.format(Locale.ROOT, "%011o\0", bytes.length));
            block[156] = (byte) '0';
            put(block, 257, "ustar\00000");
            put(block, 148, "        ");
            int sum = 0;
            for (int i = 0; i < BLOCK; i++) {
                sum += block[i] & 0xff;
            }
            put(block, 148, String.format(Locale.ROOT, "%06o\0 ", sum));
            System.arraycopy(bytes, 0, block, BLOCK, bytes.length);
            out.writeBytes(block);
        });
        out.writeBytes(new byte[2 * BLOCK]);
        return out.toByteArray();
    }

    private static void put(byte[] block, int at, String text) {
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        System.arraycopy(bytes, 0, block, at, bytes.length);
    }
}
