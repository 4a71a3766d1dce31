package dev.sartor.tune.trainer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sartor.tune.Ability;
import dev.sartor.tune.AnswerSample;
import dev.sartor.tune.TrainingReport;
import dev.sartor.tune.TrainingWatcher;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainingEventsTest {
    private final Clock clock =
            Clock.fixed(Instant.ofEpochMilli(1_700_000_000_500L), ZoneOffset.UTC);

    @TempDir Path folder;

    /// resources/tensorboard/events.py wrote it at the same time.
    @Test
    void theBytesAreThoseOfTorchsSummaryWriter() throws IOException {
        var file = new EventFile(folder, clock);
        file.startsAt(4);
        file.scalar("train/loss", 4, 0.6931471805599453);
        file.scalar("train/loss", 300, 1e-7);
        file.scalar("general/accuracy", 0, 0);
        file.text("answers/1/text_summary", 300, "größer als\n\n**" + "x".repeat(200) + "**");
        file.close();
        try (var torch =
                Objects.requireNonNull(
                        TrainingEventsTest.class.getResourceAsStream(
                                "/tensorboard/events.torch"))) {
            // torch's first record names its writer as the file's source, and its second says the
            // version again.
            assertThat(records(Files.readAllBytes(file.file())).stream().skip(1))
                    .isEqualTo(records(torch.readAllBytes()).stream().skip(2).toList());
        }
    }

    /// In hexadecimal, with lengths and sums.
    private static List<String> records(byte[] file) {
        var records = new ArrayList<String>();
        for (int at = 0; at < file.length; ) {
            int length = ByteBuffer.wrap(file, at, 4).order(ByteOrder.LITTLE_ENDIAN).getInt();
            int end = at + 8 + 4 + length + 4;
            records.add(HexFormat.of().formatHex(file, at, end));
            at = end;
        }
        return records;
    }

    @Test
    void eachStartWritesAFileOfItsOwnThatTakesBackWhatCameAfterItsStep() throws IOException {
        try (var events = new TrainingEvents(folder, clock)) {
            events.begins(0, 4);
            events.before(new Ability(0.75, 20, List.of(0.75)));
            for (int step = 1; step <= 3; step++) {
                told(events, step);
            }
            events.begins(2, 4);
            told(events, 3);
            events.answers(3, List.of(new AnswerSample("2+2?", "4", "5")));
        }
        try (var files = Files.list(folder.resolve("tensorboard"))) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder(
                            "events.out.tfevents.1700000000.sartor.0",
                            "events.out.tfevents.1700000000.sartor.1");
        }
    }

    private static void told(TrainingWatcher watcher, int step) {
        watcher.step(
                new TrainingReport.StepReport(step, 1.0 / step, 1e-3, 0.5),
                new TrainingWatcher.Pace(100, 200));
        watcher.check(
                new TrainingReport.CheckReport(
                        step,
                        step,
                        1.0 / step,
                        Optional.empty(),
                        Optional.of(new Ability(0.7, 21, List.of(0.75)))));
    }
}
