package dev.sartor.tune.rank;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/// All ranks' addresses as one message.
final class RankAddresses {
    private RankAddresses() {}

    static byte[] packed(List<byte[]> addresses) {
        var bytes = new ByteArrayOutputStream();
        try (var out = new DataOutputStream(bytes)) {
            for (var address : addresses) {
                out.writeInt(address.length);
                out.write(address);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    static List<byte[]> unpacked(byte[] packed) {
        var addresses = new ArrayList<byte[]>();
        try (var in = new DataInputStream(new ByteArrayInputStream(packed))) {
            while (in.available() > 0) {
                addresses.add(in.readNBytes(in.readInt()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return addresses;
    }
}
