package dev.sartor.tune.rank;

import dev.sartor.core.SartorException;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/// How two ranks show each other that they know the token, and what they say of themselves, which nobody on the way can change. Each
/// sends 32 random bytes; rank k answers with its greeting and an HMAC over both and it, rank 0 likewise with its answer.
final class RankHandshake {
    private static final byte[] MAGIC = "sartor ranks 1\n".getBytes(StandardCharsets.US_ASCII);
    private static final int CHALLENGE = 32;
    private static final int MAC = 32;
    private static final int PATIENCE_MILLIS = 10_000;
    private static final String RANK = "rank";
    private static final String LEADER = "rank 0";
    private static final int WELCOME = 1;
    private static final int REFUSED = 2;

    /// More than a greeting takes.
    private static final int MOST_BYTES = 1 << 18;

    private final DataInputStream in;
    private final DataOutputStream out;
    private final RankToken token;
    private byte[] own = {};
    private byte[] theirs = {};

    RankHandshake(Socket socket, DataInputStream in, DataOutputStream out, RankToken token)
            throws IOException {
        this.in = in;
        this.out = out;
        this.token = token;
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(PATIENCE_MILLIS);
    }

    /// Rank 0's side: what the other says of itself.
    ///
    /// @throws IOException where it does not know the token
    RankGreeting asked() throws IOException {
        exchange();
        var greeting = read();
        check(RANK, greeting);
        return RankGreeting.of(greeting);
    }

    void welcome(byte[] words) throws IOException {
        answer(WELCOME, words);
    }

    void refuse(String why) throws IOException {
        answer(REFUSED, why.getBytes(StandardCharsets.UTF_8));
    }

    private void answer(int kind, byte[] words) throws IOException {
        var said = new byte[words.length + 1];
        said[0] = (byte) kind;
        System.arraycopy(words, 0, said, 1, words.length);
        write(said);
        out.write(token.answer(LEADER, theirs, own, said));
        out.flush();
    }

    /// The other ranks' side.
    ///
    /// @return what rank 0 tells those that join
    /// @throws IOException where it does not know the token
    /// @throws SartorException a user's error where it refuses
    byte[] ask(RankGreeting greeting) throws IOException {
        exchange();
        var bytes = greeting.bytes();
        write(bytes);
        out.write(token.answer(RANK, theirs, own, bytes));
        out.flush();
        var said = read();
        check(LEADER, said);
        var words = java.util.Arrays.copyOfRange(said, 1, said.length);
        if (said[0] == REFUSED) {
            throw SartorException.user(new String(words, StandardCharsets.UTF_8));
        }
        return words;
    }

    private void exchange() throws IOException {
        own = RankToken.challenge();
        out.write(MAGIC);
        out.write(own);
        out.flush();
        if (!RankToken.isSame(in.readNBytes(MAGIC.length), MAGIC)) {
            throw new IOException("no rank of this version");
        }
        theirs = in.readNBytes(CHALLENGE);
    }

    private void write(byte[] bytes) throws IOException {
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    private byte[] read() throws IOException {
        int length = in.readInt();
        if (length < 1 || length > MOST_BYTES) {
            throw new IOException("no greeting");
        }
        return in.readNBytes(length);
    }

    private void check(String role, byte[] said) throws IOException {
        var mac = in.readNBytes(MAC);
        if (!RankToken.isSame(mac, token.answer(role, own, theirs, said))) {
            throw new IOException("another token");
        }
    }
}
