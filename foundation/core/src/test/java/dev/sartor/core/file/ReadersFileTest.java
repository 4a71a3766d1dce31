package dev.sartor.core.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sartor.core.Readers;
import dev.sartor.core.SartorException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReadersFileTest {
    private static final Readers SALES = Readers.anyOf(List.of("group:sales"));

    @TempDir private Path folder;

    @Test
    void whatAFolderSaysIsReadAsItWasWritten() {
        for (var readers :
                List.of(
                        Readers.everyone(),
                        Readers.nobody(),
                        SALES.and(Readers.noneOf(List.of("user:bob"))))) {
            ReadersFile.write(folder, readers);
            assertThat(ReadersFile.read(folder)).contains(readers);
        }
    }

    @Test
    void aModelThatIsOneFileHasItBesideItAndTheFoldersHoldsForItToo() throws IOException {
        var model = Files.writeString(folder.resolve("merged.gguf"), "");
        assertThat(ReadersFile.read(model)).isEmpty();
        ReadersFile.writeBeside(model, SALES);
        assertThat(ReadersFile.read(model)).contains(SALES);
        ReadersFile.write(folder, Readers.anyOf(List.of("group:hr")));
        assertThat(ReadersFile.read(model)).contains(SALES.and(Readers.anyOf(List.of("group:hr"))));
    }

    @Test
    void anEarlierVersionsRecordCountsForATaskAndNotForATrainingWhoseRowsItDidNotAsk()
            throws IOException {
        var madeOf = folder.resolve("made-of.json");
        Files.writeString(
                madeOf, "{\"settings\": {\"tasks\": []}, \"readers\": [[\"group:sales\"]]}");
        assertThat(ReadersFile.read(folder)).contains(SALES);
        Files.writeString(madeOf, "{\"settings\": {\"trainings\": []}, \"readers\": []}");
        assertThat(ReadersFile.read(folder)).isEqualTo(Optional.empty());
        assertThat(ReadersFile.ofModel(folder)).isEqualTo(Readers.everyone());
    }

    @Test
    void whatCannotBeUnderstoodIsRefusedAndNeverEveryones() throws IOException {
        var file = folder.resolve("readers.json");
        for (var text :
                List.of(
                        "",
                        "{}",
                        "[]",
                        "{\"readers\": null}",
                        "{\"readers\": \"everyone\"}",
                        "{\"readers\": [\"group:sales\"]}",
                        "{\"readers\": [[\"\"]]}",
                        "{\"readers\": [[7]]}",
                        "{\"readers\": [[")) {
            Files.writeString(file, text);
            assertThatThrownBy(() -> ReadersFile.ofModel(folder))
                    .as(text)
                    .isInstanceOf(SartorException.class)
                    .hasMessageContaining("readers.json");
        }
        Files.delete(file);
        Files.createSymbolicLink(file, folder.resolve("gone"));
        assertThatThrownBy(() -> ReadersFile.ofModel(folder)).isInstanceOf(SartorException.class);
    }

    @Test
    void itIsItsOwnersAlone() throws IOException {
        ReadersFile.write(folder, SALES);
        assertThat(Files.getPosixFilePermissions(folder.resolve("readers.json")))
                .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    }

    @Test
    void aFileWithNothingBesideItHasItsFoldersReaders() throws IOException {
        var model = Files.writeString(folder.resolve("merged.gguf"), "");
        ReadersFile.write(folder, SALES);
        assertThat(ReadersFile.read(model)).contains(SALES);
    }
}
