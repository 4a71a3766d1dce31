package dev.sartor.tune.rank;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;

/// What ranks tell each other beside tensors: a byte for its kind, an int64, a float64 and as many bytes as an int32 says, all
/// big-endian.
///
/// @param number such as a step
/// @param value such as a learning rate; may be infinite or NaN
record RankMessage(Kind kind, long number, double value, byte[] bytes) {
    /// More bytes than a machine's address and a training's settings ever take.
    private static final int MOST_BYTES = 1 << 20;

    private static final byte[] NOTHING = {};

    enum Kind {
        /// The sender is alive.
        BEAT(1),
        /// Where ranks are reached for tensors.
        ADDRESS(2),
        /// A step begins: its number and its learning rate.
        BEGIN(3),
        /// The sum of a rank's losses.
        LOSS(4),
        /// The parameters change: the factor of the gradients.
        TAKE(5),
        /// They stay as they are.
        LEAVE(6),
        /// The optimiser's state is asked for.
        COLLECT(7),
        /// Parameters and state are sent: the steps taken.
        SPREAD(8),
        /// The training is over: 0, or 1 as another rank was lost.
        END(9);

        private final int code;

        Kind(int code) {
            this.code = code;
        }

        static Kind of(int code) throws IOException {
            for (var kind : values()) {
                if (kind.code == code) {
                    return kind;
                }
            }
            throw new IOException("what it said is no message");
        }
    }

    static RankMessage of(Kind kind) {
        return new RankMessage(kind, 0, 0, NOTHING);
    }

    static RankMessage of(Kind kind, long number, double value) {
        return new RankMessage(kind, number, value, NOTHING);
    }

    static RankMessage of(Kind kind, byte[] bytes) {
        return new RankMessage(kind, 0, 0, bytes);
    }

    void write(DataOutputStream out) throws IOException {
        out.writeByte(kind.code);
        out.writeLong(number);
        out.writeDouble(value);
        out.writeInt(bytes.length);
        out.write(bytes);
        out.flush();
    }

    static RankMessage read(DataInputStream in) throws IOException {
        var kind = Kind.of(in.readUnsignedByte());
        long number = in.readLong();
        double value = in.readDouble();
        int length = in.readInt();
        if (length < 0 || length > MOST_BYTES) {
            throw new IOException("what it said is no message");
        }
        var bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new EOFException();
        }
        return new RankMessage(kind, number, value, bytes);
    }
}
