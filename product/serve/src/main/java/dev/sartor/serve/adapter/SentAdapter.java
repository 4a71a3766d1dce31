package dev.sartor.serve.adapter;

import dev.sartor.serve.AdapterStore;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The files of an adapter in a caller's archive. Names lead nowhere: of each its last part alone is used, for the three that
/// an adapter has; others are read over and told.
final class SentAdapter implements AdapterStore.SentFiles {
    private static final Set<String> WANTED =
            Set.of(AdapterStore.SETTINGS, AdapterStore.WEIGHTS, AdapterStore.READERS);
    private static final Set<String> PICKLES = Set.of("adapter_model.bin", "adapter_model.pt");
    private static final int MOST_FILES = 1000;
    private static final int MOST_TOLD = 20;

    private final Archive archive;
    private final long most;
    private final Set<String> found = new HashSet<>();
    private final List<String> leftOut = new ArrayList<>();
    private Optional<String> folder = Optional.empty();
    private int count;
    private long unpacked;

    /// @param most bytes of all files, unpacked
    SentAdapter(Archive archive, long most) {
        this.archive = archive;
        this.most = most;
    }

    @Override
    public Optional<AdapterStore.SentFile> next() throws IOException {
        while (true) {
            var entry = archive.next();
            if (entry.isEmpty()) {
                return Optional.empty();
            }
            if (++count > MOST_FILES) {
                throw UnsoundArchive.because("it holds more than " + MOST_FILES + " files");
            }
            var file = file(entry.get());
            if (file.isPresent()) {
                return file;
            }
            new Counted(entry.get().bytes()).transferTo(OutputStream.nullOutputStream());
        }
    }

    private Optional<AdapterStore.SentFile> file(Archive.Entry entry) {
        var parts = parts(entry.path());
        var name = parts.getLast();
        if (PICKLES.contains(name)) {
            throw UnsoundArchive.because(
                    "its weights are in "
                            + name
                            + ", a pickle, which can run code; save them as safetensors");
        }
        if (!WANTED.contains(name)) {
            if (leftOut.size() < MOST_TOLD) {
                leftOut.add(name);
            }
            return Optional.empty();
        }
        var own = String.join("/", parts.subList(0, parts.size() - 1));
        if (!folder.orElse(own).equals(own) || !found.add(name)) {
            throw UnsoundArchive.because(
                    "it holds "
                            + name
                            + " twice, or in another folder than the rest (a checkpoint?)");
        }
        folder = Optional.of(own);
        return Optional.of(new AdapterStore.SentFile(name, new Counted(entry.bytes())));
    }

    private static List<String> parts(String path) {
        var parts = new ArrayList<String>();
        for (var part : path.split("/", -1)) {
            if (!part.equals(".")) {
                parts.add(part);
            }
        }
        boolean leadsElsewhere =
                parts.isEmpty()
                        || parts.contains("..")
                        || parts.contains("")
                        || path.indexOf('\\') >= 0
                        || path.indexOf('\0') >= 0;
        if (leadsElsewhere) {
            throw UnsoundArchive.because("a name in it leads out of its folder, or is none");
        }
        return parts;
    }

    /// Names of files that were read over.
    List<String> leftOut() {
        return List.copyOf(leftOut);
    }

    /// Counts what is unpacked: a small archive can hold much.
    private final class Counted extends FilterInputStream {
        Counted(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            var one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            int read = super.read(into, offset, length);
            unpacked += Math.max(0, read);
            if (unpacked > most) {
                throw MeteredBody.tooLarge(most);
            }
            return read;
        }
    }
}
