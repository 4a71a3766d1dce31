package dev.sartor.curate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sartor.core.work.Cancellation;
import dev.sartor.core.work.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A task of batteries and parcels, among rows of which most are about cooking.
class SelectingTest {
    private static final List<String> BATTERY =
            List.of("battery", "charger", "cable", "power", "voltage", "plug");
    private static final List<String> PARCEL =
            List.of("parcel", "courier", "tracking", "doorstep", "shipment", "van");
    private static final List<String> COOKING =
            List.of("onion", "butter", "oven", "salt", "flour", "pan", "sugar", "spoon");

    @TempDir Path folder;

    @BeforeEach
    void rowsAndATask() throws IOException {
        var random = new Random(5);
        var rows = new StringBuilder();
        for (int i = 0; i < 300; i++) {
            boolean isBattery = random.nextBoolean();
            var words = i % 6 == 0 ? isBattery ? BATTERY : PARCEL : COOKING;
            rows.append(row(words, isBattery ? "battery" : "parcel", random));
        }
        Files.writeString(folder.resolve("rows.jsonl"), rows);
        var like = new StringBuilder();
        for (int i = 0; i < 60; i++) {
            like.append(
                    i % 2 == 0 ? row(BATTERY, "battery", random) : row(PARCEL, "parcel", random));
        }
        Files.writeString(folder.resolve("like.jsonl"), like);
    }

    private static String row(List<String> words, String label, Random random) {
        var text = new StringBuilder();
        for (int i = 0; i < 4; i++) {
            text.append(words.get(random.nextInt(words.size()))).append(' ');
        }
        return "{\"text\": \"" + text.toString().strip() + "\", \"label\": \"" + label + "\"}\n";
    }

    private Selecting.Report selected(int count, String out) {
        var source =
                new RowSource(
                        Optional.empty(),
                        Optional.empty(),
                        folder.resolve("work"),
                        Progress.silent(),
                        new Cancellation());
        return new Selecting(source, 1, WordVectors::new)
                .select(
                        List.of(folder.resolve("rows.jsonl")),
                        List.of(folder.resolve("like.jsonl")),
                        count,
                        folder.resolve(out));
    }

    @Test
    void rowsLikeTheTasksAreChosenAndTheOthersAreNamed() throws IOException {
        var report = selected(30, "out");

        assertThat(Files.readAllLines(folder.resolve("out/rows.jsonl")))
                .hasSize(30)
                .noneMatch(row -> row.contains("onion") || row.contains("oven"));
        assertThat(Files.readAllLines(folder.resolve("out/left.jsonl"))).hasSize(270);
        assertThat(report.rows()).isEqualTo(300);
        assertThat(folder.resolve("out/selection.json")).exists();
    }

    @Test
    void theyAreMeasuredBesideRowsDrawnByChance() {
        var measured = selected(30, "out").measured().orElseThrow();

        assertThat(measured.tests()).isEqualTo(30);
        assertThat(measured.chosen()).isGreaterThan(measured.random());
        assertThat(measured.finding()).isEqualTo(Selecting.Finding.BETTER_THAN_CHANCE);
        assertThat(measured.low()).isLessThan(measured.difference());
    }

    @Test
    void withoutLabelsTheyAreChosenAndNotMeasuredWhichIsSaid() throws IOException {
        var rows = folder.resolve("rows.jsonl");
        Files.writeString(rows, Files.readString(rows).replaceAll(", \"label\": \"\\w+\"", ""));

        var report = selected(30, "out");

        assertThat(report.measured()).isEmpty();
        assertThat(report.notes()).anyMatch(note -> note.contains("was not measured"));
    }

    @Test
    void moreThanThereAreIsRefused() {
        assertThatThrownBy(() -> selected(301, "out")).hasMessageContaining("1 to 300");
    }
}
