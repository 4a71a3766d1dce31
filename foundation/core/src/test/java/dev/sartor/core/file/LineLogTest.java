package dev.sartor.core.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LineLogTest {
    @TempDir private Path folder;

    @Test
    void whatWasAppendedIsThereAtTheNextOpening() throws IOException {
        var file = folder.resolve("new/log.jsonl");
        LineLog.open(file).append(List.of("one", "zwei ü"));
        LineLog.open(file).append(List.of("three"));

        assertThat(LineLog.open(file).before()).containsExactly("one", "zwei ü", "three");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    @Test
    void aLineThatWasCutShortIsDroppedAndTheNextOneStandsByItself() throws IOException {
        var file = folder.resolve("log.jsonl");
        Files.writeString(file, "whole\ncut sho");

        LineLog.open(file).append(List.of("next"));

        assertThat(Files.readString(file)).isEqualTo("whole\nnext\n");
    }
}
