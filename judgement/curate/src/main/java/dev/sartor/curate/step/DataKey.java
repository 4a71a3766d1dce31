package dev.sartor.curate.step;

import dev.sartor.core.SartorException;
import dev.sartor.core.file.AtomicFile;
import dev.sartor.core.file.Sha256;
import dev.sartor.curate.personal.Pseudonyms;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;

/// The secret that a data set's pseudonyms are made with: drawn once, and kept in a file apart from the rows, since who has both can
/// test guesses.
public final class DataKey {
    private final byte[] bytes;

    private DataKey(byte[] bytes) {
        this.bytes = bytes;
    }

    /// The key in the file, which is made where there is none.
    ///
    /// @throws SartorException a user's error where the file holds something else
    public static DataKey in(Path file) {
        if (!Files.exists(file)) {
            var drawn = Pseudonyms.newKey(new SecureRandom());
            AtomicFile.write(file, HexFormat.of().formatHex(drawn) + "\n");
            return new DataKey(drawn);
        }
        try {
            var bytes = HexFormat.of().parseHex(Files.readString(file).strip());
            if (bytes.length != Pseudonyms.KEY_BYTES) {
                throw new IllegalArgumentException(bytes.length + " bytes");
            }
            return new DataKey(bytes);
        } catch (IllegalArgumentException e) {
            throw SartorException.user(
                    file
                            + " must hold a key of 64 hexadecimal digits: name another --key, or remove the file and have"
                            + " a new one made, with which pseudonyms differ.",
                    e);
        } catch (IOException e) {
            throw SartorException.missing("cannot read " + file + ": " + e.getMessage(), e);
        }
    }

    byte[] bytes() {
        return bytes.clone();
    }

    /// Tells keys apart, and nothing of the key.
    String fingerprint() {
        return Sha256.of(HexFormat.of().formatHex(bytes)).substring(0, 16);
    }
}
