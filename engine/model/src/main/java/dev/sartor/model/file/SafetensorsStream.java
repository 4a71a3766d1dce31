package dev.sartor.model.file;

import dev.sartor.core.Json;
import dev.sartor.core.file.AtomicFile;
import dev.sartor.weights.gguf.WeightType;
import dev.sartor.weights.safetensors.Safetensors;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/// Writes tensors as safetensors files, one after another as they are made, in several files with an index where one would
/// be too large, as transformers does.
final class SafetensorsStream {
    /// @param shape the outermost dimension first
    record Slot(String name, List<Long> shape, WeightType type) {
        public Slot {
            shape = List.copyOf(shape);
        }

        public long bytes() {
            return type.bytes(ExportedModel.values(shape));
        }
    }

    /// Makes a tensor's bytes when it is their turn.
    @FunctionalInterface
    public interface Content {
        void writeTo(Slot slot, OutputStream out) throws IOException;
    }

    private SafetensorsStream() {}

    /// @param most bytes of tensors in one file, unless a single tensor has more
    static void write(Path folder, List<Slot> slots, long most, Content content) {
        var shards = shards(slots, most);
        if (shards.size() == 1) {
            write(folder.resolve(Safetensors.SINGLE), slots, content);
            return;
        }
        var holders = new TreeMap<String, String>();
        for (int i = 0; i < shards.size(); i++) {
            var name =
                    String.format(
                            Locale.ROOT, "model-%05d-of-%05d.safetensors", i + 1, shards.size());
            shards.get(i).forEach(slot -> holders.put(slot.name(), name));
            write(folder.resolve(name), shards.get(i), content);
        }
        long total = slots.stream().mapToLong(Slot::bytes).sum();
        AtomicFile.write(
                folder.resolve(Safetensors.INDEX),
                Json.pretty(
                        Map.of("metadata", Map.of("total_size", total), "weight_map", holders)));
    }

    private static List<List<Slot>> shards(List<Slot> slots, long most) {
        var shards = new ArrayList<List<Slot>>();
        long held = 0;
        for (var slot : slots) {
            if (shards.isEmpty() || (held + slot.bytes() > most && held > 0)) {
                shards.add(new ArrayList<>());
                held = 0;
            }
            shards.getLast().add(slot);
            held += slot.bytes();
        }
        return shards;
    }

    /// Wider elements first and then by name, as the format's own library does.
    private static void write(Path file, List<Slot> slots, Content content) {
        var ordered =
                slots.stream()
                        .sorted(
                                Comparator.<Slot>comparingInt(
                                                slot -> -slot.type().safetensors().bytes())
                                        .thenComparing(Slot::name))
                        .toList();
        AtomicFile.write(
                file,
                out -> {
                    out.write(header(ordered));
                    for (var slot : ordered) {
                        content.writeTo(slot, out);
                    }
                });
    }

    private static byte[] header(List<Slot> ordered) {
        var fields = new LinkedHashMap<String, Object>();
        fields.put("__metadata__", Map.of("format", "pt"));
        long at = 0;
        for (var slot : ordered) {
            var field = new LinkedHashMap<String, Object>();
            field.put("dtype", slot.type().safetensors().name());
            field.put("shape", slot.shape());
            field.put("data_offsets", List.of(at, at + slot.bytes()));
            fields.put(slot.name(), field);
            at += slot.bytes();
        }
        var json = Json.line(fields).getBytes(StandardCharsets.UTF_8);
        int padded = (json.length + 7) / 8 * 8;
        var bytes = ByteBuffer.allocate(8 + padded).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putLong(padded).put(json);
        while (bytes.hasRemaining()) {
            bytes.put((byte) ' ');
        }
        return bytes.array();
    }
}
