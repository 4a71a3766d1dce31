package dev.sartor.model.file;

import dev.sartor.core.SartorException;
import dev.sartor.model.KeptWeights;
import dev.sartor.tensor.Tensor;
import dev.sartor.tensor.Tensors;
import dev.sartor.weights.WeightAccess;
import dev.sartor.weights.safetensors.Safetensors;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.zip.CRC32;

/// A file of kept weights, being read. Every tensor is checked against its sum.
final class KeptFile implements KeptWeights, AutoCloseable {
    static final String MADE = "made";
    static final String MODEL = "model";

    /// Of a sum's key in the file's notes; the tensor's name follows.
    static final String SUM = "crc32 ";

    private static final long PIECE = 1L << 30;

    /// The file is not what was written.
    static final class Damaged extends RuntimeException {
        private static final long serialVersionUID = 1;

        Damaged(String what) {
            super(what);
        }
    }

    private final Safetensors file;

    private KeptFile(Safetensors file) {
        this.file = file;
    }

    /// Empty where there is none, or one of other files.
    ///
    /// @throws Damaged where it cannot be read
    static Optional<KeptFile> open(KeptPlace place) {
        if (!Files.exists(place.file())) {
            return Optional.empty();
        }
        var opened = new KeptFile(read(place.file()));
        if (place.made().equals(opened.file.metadata().get(MADE))) {
            return Optional.of(opened);
        }
        opened.close();
        return Optional.empty();
    }

    private static Safetensors read(Path file) {
        try {
            return Safetensors.open(file, WeightAccess.COPIED);
        } catch (SartorException e) {
            throw new Damaged(String.valueOf(e.getMessage()));
        }
    }

    /// The model that a file was made from; empty where the file does not say.
    static Optional<Path> model(Path file) {
        try (var opened = Safetensors.open(file, WeightAccess.COPIED)) {
            return Optional.ofNullable(opened.metadata().get(MODEL)).map(Path::of);
        }
    }

    @Override
    public List<Tensor> tensors(String name, List<Form> forms, Supplier<List<Tensor>> make) {
        var tensors = new ArrayList<Tensor>();
        for (int i = 0; i < forms.size(); i++) {
            tensors.add(tensor(part(name, i), forms.get(i)));
        }
        return tensors;
    }

    /// What the parts of a weight are called.
    static String part(String name, int index) {
        return name + " " + index;
    }

    private Tensor tensor(String name, Form form) {
        if (!file.names().contains(name)) {
            throw new Damaged("it has no '" + name + "'");
        }
        var place = file.place(name);
        if (!place.type().name().equals(form.type().name())
                || !place.shape().equals(form.shape())) {
            throw new Damaged("'" + name + "' is " + place.type() + " " + place.shape());
        }
        var shape = form.shape().stream().mapToLong(Long::longValue).toArray();
        var tensor = Tensors.empty(form.type(), shape);
        try {
            file.read(name, tensor.memory());
        } catch (SartorException e) {
            throw new Damaged(String.valueOf(e.getMessage()));
        }
        if (!sum(tensor.memory()).equals(file.metadata().get(SUM + name))) {
            throw new Damaged("the bytes of '" + name + "' are not those that were written");
        }
        return tensor;
    }

    static String sum(MemorySegment bytes) {
        var sum = new CRC32();
        for (long at = 0; at < bytes.byteSize(); at += PIECE) {
            long length = Math.min(PIECE, bytes.byteSize() - at);
            sum.update(bytes.asSlice(at, length).asByteBuffer());
        }
        return Long.toHexString(sum.getValue());
    }

    @Override
    public void close() {
        file.close();
    }
}
