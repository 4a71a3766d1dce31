package dev.sartor.serve.adapter;

import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipInputStream;

/// A zip file, read in one pass by what stands before each file.
final class ZipArchive implements Archive {
    private final ZipInputStream in;

    ZipArchive(InputStream in) {
        this.in = new ZipInputStream(in);
    }

    @Override
    public Optional<Entry> next() throws IOException {
        try {
            var entry = in.getNextEntry();
            while (entry != null && entry.isDirectory()) {
                entry = in.getNextEntry();
            }
            return Optional.ofNullable(entry).map(ZipEntry::getName).map(this::file);
        } catch (ZipException | EOFException | IllegalArgumentException e) {
            throw UnsoundArchive.because("it is no zip file, or a damaged one");
        }
    }

    private Entry file(String name) {
        return new Entry(name, new Inflated(in));
    }

    /// The archive's damage is the caller's mistake, not a lost connection.
    private static final class Inflated extends FilterInputStream {
        Inflated(InputStream in) {
            super(in);
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            try {
                return super.read(into, offset, length);
            } catch (ZipException | EOFException e) {
                throw UnsoundArchive.because("it is damaged");
            }
        }

        @Override
        public int read() throws IOException {
            var one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        /// The archive goes on behind the file.
        @Override
        public void close() {}
    }
}
