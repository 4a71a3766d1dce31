package dev.sartor.cli.adapter;

import dev.sartor.core.Readers;
import dev.sartor.core.SartorException;
import dev.sartor.core.file.AtomicFile;
import dev.sartor.core.file.ReadersFile;
import dev.sartor.core.file.Sha256;
import dev.sartor.model.adapter.PeftFolder;
import dev.sartor.serve.AdapterStore;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;

/// An adapter that a caller sent, written to a folder of its own and looked at before anything loads it.
///
/// @param digest SHA-256 of the weights' file
/// @param readers who may read what it was made from, as it says itself; everyone where it says nothing
record ReceivedAdapter(String digest, long bytes, int rank, Readers readers) {
    /// Of settings and readers.
    private static final int MOST_TEXT = 256 << 10;

    /// Of the names, types and shapes before the weights: 20,000 tensors have no more.
    private static final long MOST_HEADER = 4 << 20;

    /// @param folder that is not there yet
    /// @throws SartorException a user's error where something is missing, too large, or no safetensors
    static ReceivedAdapter into(Path folder, AdapterStore.SentFiles files, long mostBytes) {
        var found = new HashSet<String>();
        var digest = Sha256.digest();
        try {
            for (var file = files.next(); file.isPresent(); file = files.next()) {
                var name = file.get().name();
                var bytes = file.get().bytes();
                if (name.equals(AdapterStore.WEIGHTS)) {
                    write(folder.resolve(name), new DigestInputStream(bytes, digest), mostBytes);
                } else {
                    write(folder.resolve(name), bytes, MOST_TEXT);
                }
                found.add(name);
            }
            for (var needed : List.of(AdapterStore.SETTINGS, AdapterStore.WEIGHTS)) {
                if (!found.contains(needed)) {
                    throw SartorException.user(
                            "the archive must hold "
                                    + needed
                                    + ": send the folder that PEFT's save_pretrained or `sartor tune` wrote");
                }
            }
            var weights = folder.resolve(AdapterStore.WEIGHTS);
            refuseLongHeader(weights);
            return new ReceivedAdapter(
                    HexFormat.of().formatHex(digest.digest()),
                    Files.size(weights),
                    checkedRank(folder),
                    ReadersFile.read(folder).orElse(Readers.everyone()));
        } catch (IOException e) {
            throw AtomicFile.failure(folder, e);
        }
    }

    private static int checkedRank(Path folder) {
        try (var adapter = PeftFolder.open(folder)) {
            return adapter.settings().ranks().highest();
        }
    }

    private static void write(Path file, InputStream bytes, long most) {
        AtomicFile.write(
                file,
                out -> {
                    var buffer = new byte[1 << 16];
                    long left = most;
                    for (int read = bytes.read(buffer); read >= 0; read = bytes.read(buffer)) {
                        left -= read;
                        if (left < 0) {
                            throw SartorException.user(
                                    file.getFileName()
                                            + " must have at most "
                                            + most
                                            + " bytes here: lower the adapter's rank, or leave out what it does not need");
                        }
                        out.write(buffer, 0, read);
                    }
                });
    }

    private static void refuseLongHeader(Path weights) throws IOException {
        try (var in = Files.newInputStream(weights)) {
            var first = in.readNBytes(Long.BYTES);
            long length =
                    first.length < Long.BYTES
                            ? -1
                            : ByteBuffer.wrap(first).order(ByteOrder.LITTLE_ENDIAN).getLong();
            if (length < 2 || length > MOST_HEADER) {
                throw SartorException.user(
                        AdapterStore.WEIGHTS
                                + " must be a safetensors file whose header has at most "
                                + MOST_HEADER
                                + " bytes, got "
                                + Long.toUnsignedString(length)
                                + ": save it with PEFT's save_pretrained");
            }
        }
    }
}
