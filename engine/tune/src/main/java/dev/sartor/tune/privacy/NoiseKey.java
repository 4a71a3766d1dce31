package dev.sartor.tune.privacy;

import dev.sartor.core.SartorException;
import dev.sartor.core.file.AtomicFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.HexFormat;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/// What a private training's chance comes from: AES-256 in counter mode under a key that nobody chose and that is removed when the
/// training is done. The project's seed would not do, as it is written beside the result: whoever knows it could take the noise out
/// again. Each step has streams of its own, so that a training that goes on from a checkpoint draws the same again.
public final class NoiseKey {
    /// Lies with the checkpoints, its owner's alone.
    private static final String FILE = "noise.key";

    private static final int BYTES = 32;
    private static final String CIPHER = "AES/CTR/NoPadding";

    private final byte[] key;

    /// What a stream is for.
    enum Use {
        ROWS(0),
        NOISE(1);

        private final int number;

        Use(int number) {
            this.number = number;
        }
    }

    NoiseKey(byte[] key) {
        this.key = key.clone();
    }

    /// The key that a training began with; where it has not begun, a fresh one, on the disk before anything is drawn from it.
    ///
    /// @param checkpoints the folder of the training's checkpoints
    /// @param begun whether there are any
    /// @throws SartorException a user's error where the training has begun and its key is gone
    public static NoiseKey of(Path checkpoints, boolean begun, SecureRandom random) {
        var file = checkpoints.resolve(FILE);
        if (Files.exists(file)) {
            return read(file);
        }
        if (begun) {
            throw lost(file);
        }
        var fresh = new byte[BYTES];
        random.nextBytes(fresh);
        AtomicFile.write(file, HexFormat.of().formatHex(fresh) + "\n");
        return new NoiseKey(fresh);
    }

    private static NoiseKey read(Path file) {
        try {
            var key = HexFormat.of().parseHex(Files.readString(file).strip());
            if (key.length == BYTES) {
                return new NoiseKey(key);
            }
        } catch (IllegalArgumentException e) {
            throw lost(file);
        } catch (IOException e) {
            throw SartorException.missing("cannot read " + file + ": " + e.getMessage(), e);
        }
        throw lost(file);
    }

    private static SartorException lost(Path file) {
        return SartorException.user(
                file
                        + " must hold the key of the private training that began here, and is gone or damaged: the training"
                        + " cannot go on. Put it back, or remove "
                        + file.getParent()
                        + " to start again, which costs epsilon anew.");
    }

    /// Removes the key, after which nobody can draw the noise again.
    public static void remove(Path checkpoints) {
        var file = checkpoints.resolve(FILE);
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw SartorException.missing("cannot remove " + file + ": " + e.getMessage(), e);
        }
    }

    /// @param step from 0
    /// @param part of the step's stream, each of 64 GiB
    KeyStream stream(Use use, int step, int part) {
        var begin = ByteBuffer.allocate(16).putInt(use.number).putInt(step).putInt(part);
        try {
            var cipher = Cipher.getInstance(CIPHER);
            cipher.init(
                    Cipher.ENCRYPT_MODE,
                    new SecretKeySpec(key, "AES"),
                    new IvParameterSpec(begin.array()));
            return new KeyStream(cipher);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has " + CIPHER, e);
        }
    }

    /// Not the key.
    @Override
    public String toString() {
        return "a key of " + key.length + " bytes";
    }
}
