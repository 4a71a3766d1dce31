package dev.sartor.serve.adapter;

import dev.sartor.serve.http.ClientGone;
import dev.sartor.serve.http.Failure;
import dev.sartor.serve.http.Refused;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/// A body as it comes, which may neither be longer than it may nor come too slowly: whoever sends it holds a place meanwhile.
final class MeteredBody extends FilterInputStream {
    /// Seconds in which any pace is right.
    private static final long PATIENT_SECONDS = 30;

    /// Bytes a second, on average, from then on.
    private static final long LEAST_PACE = 16 << 10;

    private final long most;
    private final long began = System.nanoTime();
    private long read;

    /// @param most bytes
    MeteredBody(InputStream in, long most) {
        super(in);
        this.most = most;
    }

    @Override
    public int read() throws IOException {
        var one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        int count = received(into, offset, length);
        read += Math.max(0, count);
        if (read > most) {
            throw tooLarge(most);
        }
        long seconds = (System.nanoTime() - began) / 1_000_000_000L;
        if (count >= 0 && seconds > PATIENT_SECONDS && read < seconds * LEAST_PACE) {
            throw new Refused(
                    Failure.client(
                            408,
                            "The adapter comes at less than 16 KiB a second: send it from nearer by.",
                            "too_slow"));
        }
        return count;
    }

    /// A lost connection is nobody's disk.
    private int received(byte[] into, int offset, int length) {
        try {
            return super.read(into, offset, length);
        } catch (IOException e) {
            throw new ClientGone(e);
        }
    }

    @Override
    public long skip(long count) throws IOException {
        var forgotten = new byte[Math.clamp(count, 0, 1 << 16)];
        return Math.max(0, read(forgotten, 0, forgotten.length));
    }

    @Override
    public boolean markSupported() {
        return false;
    }

    static Refused tooLarge(long most) {
        return new Refused(
                Failure.client(
                        413,
                        "The adapter is larger than "
                                + most
                                + " bytes, more than one that fits this server's slots has: lower its rank.",
                        "request_too_large"));
    }
}
