package dev.sartor.hub.catalogue;

import dev.sartor.core.Problems;
import dev.sartor.core.SartorException;
import dev.sartor.core.file.Sha256;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;

/// What a file's content must hash to. Large files on the hub are known by their SHA-256, small ones by the identity
/// that git gives their content (SHA-1 over a header and the content).
///
/// @param hex lower-case digits, 64 or 40 by kind
public record Checksum(Kind kind, String hex) {
    /// How the digest is made.
    public enum Kind {
        SHA256("SHA-256", 64),
        GIT_BLOB("git object id", 40);

        private final String word;
        private final int digits;

        Kind(String word, int digits) {
            this.word = word;
            this.digits = digits;
        }
    }

    public Checksum {
        hex = hex.toLowerCase(Locale.ROOT);
        Problems.refuseUnless(
                hex.length() == kind.digits
                        && hex.chars().allMatch(c -> Character.digit(c, 16) >= 0),
                "a " + kind.word,
                kind.digits + " hexadecimal digits",
                hex,
                "copy it whole");
    }

    public static Checksum sha256(String hex) {
        return new Checksum(Kind.SHA256, hex);
    }

    public static Checksum gitBlob(String hex) {
        return new Checksum(Kind.GIT_BLOB, hex);
    }

    /// What the file's content hashes to, in the same kind.
    public Checksum of(Path file) throws IOException {
        return switch (kind) {
            case SHA256 -> sha256(Sha256.of(file));
            case GIT_BLOB -> gitBlob(gitId(file));
        };
    }

    private static String gitId(Path file) throws IOException {
        var digest = sha1();
        digest.update(("blob " + Files.size(file) + "\0").getBytes(StandardCharsets.US_ASCII));
        var buffer = new byte[1 << 16];
        try (var in = Files.newInputStream(file)) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                digest.update(buffer, 0, read);
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static MessageDigest sha1() {
        try {
            return MessageDigest.getInstance("SHA-1");
        } catch (NoSuchAlgorithmException e) {
            throw SartorException.defect("this JVM has no SHA-1", e);
        }
    }

    @Override
    public String toString() {
        return kind.word + " " + hex;
    }
}
