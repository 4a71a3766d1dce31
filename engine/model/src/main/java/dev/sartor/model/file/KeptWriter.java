package dev.sartor.model.file;

import dev.sartor.core.SartorException;
import dev.sartor.model.KeptWeights;
import dev.sartor.tensor.Tensor;
import dev.sartor.weights.SafetensorsType;
import dev.sartor.weights.safetensors.SafetensorsWriter;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Makes weights, and keeps them: each is written to a file aside as soon as it is made, so that none is held for it, and the
/// whole is put in its place in one step at the end. What cannot be written is said, once, and nothing is kept.
final class KeptWriter implements KeptWeights, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(KeptWriter.class);
    private static final long PIECE = 1L << 30;

    private final KeptPlace place;
    private final Map<String, SafetensorsWriter.Field> fields = new LinkedHashMap<>();
    private final Map<String, String> notes = new LinkedHashMap<>();
    private Optional<Path> aside = Optional.empty();
    private Optional<FileChannel> channel = Optional.empty();
    private boolean given;

    KeptWriter(KeptPlace place) {
        this.place = place;
        notes.put(KeptFile.MADE, place.made());
        notes.put(KeptFile.MODEL, place.model().toString());
        try {
            Files.createDirectories(place.folder());
            aside = Optional.of(Files.createTempFile(place.folder(), ".kept", WeightCache.PART));
            channel = Optional.of(FileChannel.open(aside.get(), StandardOpenOption.WRITE));
        } catch (IOException e) {
            giveUp(e);
        }
    }

    @Override
    public List<Tensor> tensors(String name, List<Form> forms, Supplier<List<Tensor>> make) {
        var made = make.get();
        for (int i = 0; i < made.size() && channel.isPresent(); i++) {
            append(KeptFile.part(name, i), made.get(i), forms.get(i), channel.get());
        }
        return made;
    }

    private void append(String name, Tensor tensor, Form form, FileChannel to) {
        try {
            var memory = tensor.memory();
            var type = SafetensorsType.named(form.type().name()).orElseThrow();
            fields.put(name, new SafetensorsWriter.Field(type, form.shape(), memory.byteSize()));
            notes.put(KeptFile.SUM + name, KeptFile.sum(memory));
            for (long at = 0; at < memory.byteSize(); at += PIECE) {
                long length = Math.min(PIECE, memory.byteSize() - at);
                var bytes = memory.asSlice(at, length).asByteBuffer();
                while (bytes.hasRemaining()) {
                    to.write(bytes);
                }
            }
        } catch (IOException e) {
            giveUp(e);
        }
    }

    /// Puts the file in its place, unless the model's own files changed meanwhile.
    void finish(boolean unchanged) {
        if (channel.isEmpty() || !unchanged) {
            return;
        }
        try {
            SafetensorsWriter.write(place.file(), fields, notes, aside.get());
        } catch (SartorException e) {
            LOG.warn(
                    "The weights are not kept for the next start, which rounds them again: {}",
                    e.getMessage());
        }
        WeightCache.sweep(place.folder());
    }

    private void giveUp(IOException e) {
        if (!given) {
            given = true;
            LOG.warn(
                    "The weights are not kept for the next start, which rounds them again: cannot write beside {} ({})",
                    place.file(),
                    e.toString());
        }
        close();
    }

    @Override
    public void close() {
        try {
            if (channel.isPresent()) {
                channel.get().close();
            }
            channel = Optional.empty();
            if (aside.isPresent()) {
                Files.deleteIfExists(aside.get());
            }
            aside = Optional.empty();
        } catch (IOException e) {
            LOG.debug("left behind: {}", aside, e);
        }
    }
}
