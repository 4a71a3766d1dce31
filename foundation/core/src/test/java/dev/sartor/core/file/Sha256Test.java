package dev.sartor.core.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sartor.core.SartorException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The digests are those of FIPS 180-4's examples.
class Sha256Test {
    private static final String OF_ABC =
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
    private static final String OF_NOTHING =
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
    private static final String OF_A_MILLION =
            "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0";

    @TempDir private Path folder;

    @Test
    void aTextsDigestIsThatOfItsBytes() {
        assertThat(Sha256.of("abc")).isEqualTo(OF_ABC);
        assertThat(Sha256.of("")).isEqualTo(OF_NOTHING);
    }

    @Test
    void aFilesDigestIsThatOfAllItsBytesHoweverManyThereAre() throws IOException {
        var file = Files.writeString(folder.resolve("a"), "");
        assertThat(Sha256.of(file)).isEqualTo(OF_NOTHING);
        Files.writeString(file, "abc");
        assertThat(Sha256.ofReadable(file)).isEqualTo(OF_ABC);
        Files.writeString(file, "a".repeat(1_000_000));
        assertThat(Sha256.of(file)).isEqualTo(OF_A_MILLION);
    }

    @Test
    void aFileThatIsNotThereIsMissing() {
        assertThatThrownBy(() -> Sha256.ofReadable(folder.resolve("gone")))
                .isInstanceOfSatisfying(
                        SartorException.class,
                        e -> assertThat(e.kind()).isEqualTo(SartorException.Kind.MISSING))
                .hasMessageContaining("gone");
    }
}
