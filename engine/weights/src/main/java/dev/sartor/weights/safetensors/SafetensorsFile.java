package dev.sartor.weights.safetensors;

import dev.sartor.core.SartorException;
import dev.sartor.weights.FileBytes;
import dev.sartor.weights.WeightAccess;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.concurrent.ConcurrentHashMap;

/// One safetensors file.
final class SafetensorsFile implements Safetensors {
    private final FileBytes bytes;
    private final SafetensorsHeader header;
    private final Map<String, Entry> entries = new ConcurrentHashMap<>();

    private SafetensorsFile(FileBytes bytes) {
        this.bytes = bytes;
        this.header = SafetensorsHeader.read(bytes);
    }

    static SafetensorsFile open(Path file, WeightAccess access) {
        var bytes = FileBytes.open(file, access);
        try {
            return new SafetensorsFile(bytes);
        } catch (RuntimeException e) {
            bytes.close();
            throw e;
        }
    }

    @Override
    public SequencedSet<String> names() {
        return Collections.unmodifiableSequencedSet(header.tensors().sequencedKeySet());
    }

    @Override
    public SafetensorsHeader.Place place(String name) {
        return Optional.ofNullable(header.tensors().get(name))
                .orElseThrow(() -> absent(bytes.file(), name));
    }

    @Override
    public void read(String name, MemorySegment target) {
        bytes.read(header.dataStart() + place(name).begin(), target);
    }

    @Override
    public Entry tensor(String name) {
        var place = place(name);
        return entries.computeIfAbsent(
                name,
                ignored ->
                        new Entry(
                                place.type(),
                                place.shape(),
                                bytes.segment(
                                        header.dataStart() + place.begin(),
                                        place.end() - place.begin())));
    }

    static SartorException absent(Path file, String name) {
        return SartorException.user(
                file
                        + " has no tensor '"
                        + name
                        + "': it belongs to another model, or to another version of this one.");
    }

    @Override
    public Map<String, String> metadata() {
        return header.metadata();
    }

    @Override
    public void close() {
        bytes.close();
    }
}
