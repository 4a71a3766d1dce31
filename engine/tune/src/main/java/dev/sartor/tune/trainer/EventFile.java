package dev.sartor.tune.trainer;

import dev.sartor.core.file.AtomicFile;
import dev.sartor.core.file.PrivateFiles;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.util.Locale;
import java.util.zip.CRC32C;

/// A file of events as TensorBoard reads it: tensorflow's event.proto and summary.proto in the records of record_writer.h.
final class EventFile implements AutoCloseable {
    private static final int STRINGS = 7;

    private final Path file;
    private final Clock clock;
    private final OutputStream out;

    /// @param folder is made; the file's name holds the time
    EventFile(Path folder, Clock clock) {
        this.clock = clock;
        this.file = free(folder, clock.millis() / 1000);
        try {
            PrivateFiles.makeFolder(folder);
            this.out =
                    new BufferedOutputStream(
                            Channels.newOutputStream(
                                    PrivateFiles.open(
                                            file,
                                            StandardOpenOption.CREATE_NEW,
                                            StandardOpenOption.WRITE)));
        } catch (IOException e) {
            throw AtomicFile.failure(file, e);
        }
        write(event().text(3, "brain.Event:2"));
    }

    /// Names sort as the files were begun: TensorBoard reads them in that order.
    private static Path free(Path folder, long seconds) {
        int number = 0;
        Path name;
        do {
            name =
                    folder.resolve(
                            String.format(
                                    Locale.ROOT,
                                    "events.out.tfevents.%010d.sartor.%d",
                                    seconds,
                                    number));
            number++;
        } while (Files.exists(name));
        return name;
    }

    /// Says that what earlier files tell from this step on is void.
    void startsAt(long step) {
        write(event().integer(2, step).message(7, new ProtoBytes().integer(1, 1)));
    }

    void scalar(String tag, long step, double value) {
        add(step, new ProtoBytes().text(1, tag).number(2, (float) value));
    }

    /// Markdown.
    void text(String tag, long step, String value) {
        var plugin = new ProtoBytes().message(1, new ProtoBytes().text(1, "text"));
        var shape = new ProtoBytes().message(2, new ProtoBytes().integer(1, 1));
        var tensor = new ProtoBytes().integer(1, STRINGS).message(2, shape).text(8, value);
        add(step, new ProtoBytes().text(1, tag).message(8, tensor).message(9, plugin));
    }

    private void add(long step, ProtoBytes value) {
        write(event().integer(2, step).message(5, new ProtoBytes().message(1, value)));
    }

    private ProtoBytes event() {
        return new ProtoBytes().number(1, clock.millis() / 1e3);
    }

    private void write(ProtoBytes event) {
        var data = event.toByteArray();
        var length = bytes(8).putLong(data.length).array();
        try {
            out.write(length);
            out.write(bytes(4).putInt(masked(length)).array());
            out.write(data);
            out.write(bytes(4).putInt(masked(data)).array());
            out.flush();
        } catch (IOException e) {
            throw AtomicFile.failure(file, e);
        }
    }

    private static ByteBuffer bytes(int count) {
        return ByteBuffer.allocate(count).order(ByteOrder.LITTLE_ENDIAN);
    }

    /// As tensorflow's crc32c.h masks a sum that lies beside its own data.
    private static int masked(byte[] data) {
        var sum = new CRC32C();
        sum.update(data);
        return Integer.rotateRight((int) sum.getValue(), 15) + 0xa282ead8;
    }

    Path file() {
        return file;
    }

    @Override
    public void close() {
        try {
            out.close();
        } catch (IOException e) {
            throw AtomicFile.failure(file, e);
        }
    }
}
