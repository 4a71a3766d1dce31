package dev.sartor.compare.run;

import dev.sartor.core.Example;
import dev.sartor.core.Message;
import dev.sartor.core.Origin;
import dev.sartor.core.Readers;
import dev.sartor.privacy.canary.Canaries;
import dev.sartor.privacy.canary.Canary;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/// Canaries as rows of a training, and where such a training lies: beside the one without, so that what is used has none.
public final class PlantedRows {
    private static final String ENDING = "-canaries-";

    private PlantedRows() {}

    /// Of what was trained.
    ///
    /// @param plain the name without canaries
    public static String name(String plain, Optional<Canaries> canaries) {
        return plain + canaries.map(each -> ENDING + each.planted().size()).orElse("");
    }

    public static Path folder(Path plain, Optional<Canaries> canaries) {
        return plain.resolveSibling(name(String.valueOf(plain.getFileName()), canaries));
    }

    /// A finished training with canaries of the same recipe; of several the one with the most.
    ///
    /// @param plain the folder without
    /// @param finished the file that stands in the folder of a finished training
    public static Optional<Path> twin(Path plain, String finished) {
        return IntStream.rangeClosed(1, Canaries.MOST)
                .map(each -> (Canaries.MOST + 1 - each) * Canaries.REPEATS.size())
                .mapToObj(count -> plain.resolveSibling(plain.getFileName() + ENDING + count))
                .filter(each -> Files.isRegularFile(each.resolve(finished)))
                .findFirst();
    }

    /// The examples, and each canary as often as it is planted.
    public static List<Example> with(List<Example> examples, Optional<Canaries> canaries) {
        var all = new ArrayList<>(examples);
        canaries.ifPresent(planted -> all.addAll(examples(planted.rows())));
        return all;
    }

    /// As a task learns them.
    public static List<Example> examples(List<Canary> canaries) {
        return IntStream.range(0, canaries.size())
                .mapToObj(i -> example(canaries.get(i), i + 1))
                .toList();
    }

    private static Example example(Canary canary, int number) {
        return new Example(
                "canary-" + number,
                List.of(Message.user(canary.question())),
                List.of(canary.answer()),
                Readers.everyone(),
                new Origin(Canaries.FILE, number));
    }
}
