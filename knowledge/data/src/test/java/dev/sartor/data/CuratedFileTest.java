package dev.sartor.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CuratedFileTest {
    @TempDir Path folder;

    @Test
    void theRecipeAboveAFileIsItsOwnWhereItNamesTheDigest() throws IOException {
        var file = folder.resolve("rows/train.jsonl");
        Files.createDirectories(file.getParent());
        Files.writeString(file, "{}");
        Files.writeString(
                folder.resolve("recipe.json"),
                "{\"results\": [{\"file\": \"rows/train.jsonl\", \"sha256\": \"abc\"}], \"digest\": \"def\"}");

        assertThat(CuratedFile.recipe(file, "abc")).contains("def");
        assertThat(CuratedFile.recipe(file, "changed")).isEmpty();
        assertThat(CuratedFile.recipe(folder.resolve("train.jsonl"), "abc")).isEmpty();
    }

    @Test
    void anotherFileOfThatNameIsNoRecipe() throws IOException {
        var file = folder.resolve("rows/train.jsonl");
        Files.createDirectories(file.getParent());
        Files.writeString(folder.resolve("recipe.json"), "flour, water");

        assertThat(CuratedFile.recipe(file, "abc")).isEmpty();
    }
}
