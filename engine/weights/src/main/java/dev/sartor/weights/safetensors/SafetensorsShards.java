package dev.sartor.weights.safetensors;

import dev.sartor.core.Json;
import dev.sartor.core.SartorException;
import dev.sartor.weights.WeightAccess;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SequencedSet;
import java.util.TreeMap;

/// The safetensors files that a `model.safetensors.index.json` names.
final class SafetensorsShards implements Safetensors {
    private final Path index;
    private final SequencedMap<String, SafetensorsFile> files = new LinkedHashMap<>();
    private final SequencedMap<String, SafetensorsFile> holders = new LinkedHashMap<>();

    private SafetensorsShards(Path index) {
        this.index = index;
    }

    static SafetensorsShards open(Path index, WeightAccess access) {
        var shards = new SafetensorsShards(index);
        try {
            shards.openAll(access);
            return shards;
        } catch (RuntimeException e) {
            shards.close();
            throw e;
        }
    }

    private void openAll(WeightAccess access) {
        var weightMap = Json.read(index).path("weight_map");
        if (!weightMap.isObject() || weightMap.isEmpty()) {
            throw broken("it has no weight_map");
        }
        for (var field : weightMap.properties()) {
            var fileName = field.getValue().asString("");
            if (!fileName.endsWith(".safetensors") || fileName.matches(".*[/\\\\\\x00].*")) {
                throw broken(
                        "tensor '"
                                + field.getKey()
                                + "' lies in '"
                                + fileName
                                + "', which is no safetensors file beside it");
            }
            if (!files.containsKey(fileName)) {
                files.put(fileName, SafetensorsFile.open(index.resolveSibling(fileName), access));
            }
            var file = Optional.ofNullable(files.get(fileName)).orElseThrow();
            if (!file.names().contains(field.getKey())) {
                throw SafetensorsFile.absent(index.resolveSibling(fileName), field.getKey());
            }
            holders.put(field.getKey(), file);
        }
    }

    private SartorException broken(String what) {
        return SartorException.user(
                index + " is not a usable index: " + what + ". Fetch the model again.");
    }

    @Override
    public SequencedSet<String> names() {
        return Collections.unmodifiableSequencedSet(holders.sequencedKeySet());
    }

    @Override
    public Entry tensor(String name) {
        return holder(name).tensor(name);
    }

    @Override
    public SafetensorsHeader.Place place(String name) {
        return holder(name).place(name);
    }

    @Override
    public void read(String name, MemorySegment target) {
        holder(name).read(name, target);
    }

    private SafetensorsFile holder(String name) {
        return Optional.ofNullable(holders.get(name))
                .orElseThrow(() -> SafetensorsFile.absent(index, name));
    }

    @Override
    public Map<String, String> metadata() {
        var all = new TreeMap<String, String>();
        files.values().forEach(file -> all.putAll(file.metadata()));
        return Map.copyOf(all);
    }

    @Override
    public void close() {
        files.values().forEach(SafetensorsFile::close);
    }
}
