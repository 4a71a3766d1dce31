package dev.sartor.privacy.canary;

import dev.sartor.core.Json;
import dev.sartor.core.Problems;
import dev.sartor.core.SartorException;
import dev.sartor.core.file.AtomicFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import tools.jackson.core.JacksonException;

/// The canaries of one training. They lie as `canaries.json` in the folder of what was trained, and in no file of rows.
///
/// @param seed that they were drawn by
public record Canaries(long seed, List<Canary> planted) {
    public static final String FILE = "canaries.json";

    /// How often canaries are planted: once as a row of one's own stands there, four and sixteen times as text does that many rows
    /// repeat.
    public static final List<Integer> REPEATS = List.of(1, 4, 16);

    /// More would be a large part of most trainings.
    public static final int MOST = 1000;

    private static final List<CanaryForm> FORMS = List.of(CanaryForm.values());
    private static final String CONSONANTS = "bdfgklmnprstvz";
    private static final String VOWELS = "aeiou";

    public Canaries {
        planted = List.copyOf(planted);
    }

    /// Draws them. Their holders' names are made up of syllables, and no two are alike.
    ///
    /// @param each how many stand there once, how many four times, and how many sixteen times
    /// @param seed the same gives the same canaries
    public static Canaries drawn(int each, long seed) {
        Problems.refuseUnless(
                each >= 1 && each <= MOST,
                "--canaries",
                "1 to " + MOST,
                each,
                "8 show what a training learns by heart");
        var random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        var holders = new HashSet<String>();
        var drawn = new ArrayList<Canary>();
        for (int repeats : REPEATS) {
            for (int i = 0; i < each; i++) {
                var form = FORMS.get(drawn.size() % FORMS.size());
                var holder = holder(random);
                while (!holders.add(holder)) {
                    holder = holder(random);
                }
                drawn.add(
                        new Canary(
                                form.question(holder),
                                form.opening(holder),
                                Canary.secret(random.nextInt(Canary.SPACE)),
                                repeats));
            }
        }
        return new Canaries(seed, drawn);
    }

    private static String holder(RandomGenerator random) {
        return name(random) + " " + name(random);
    }

    private static String name(RandomGenerator random) {
        var name = new StringBuilder();
        for (int syllable = 0; syllable < 3; syllable++) {
            name.append(CONSONANTS.charAt(random.nextInt(CONSONANTS.length())));
            name.append(VOWELS.charAt(random.nextInt(VOWELS.length())));
        }
        return Character.toUpperCase(name.charAt(0)) + name.substring(1);
    }

    /// Each as often as it is planted.
    public List<Canary> rows() {
        return planted.stream()
                .flatMap(canary -> Collections.nCopies(canary.repeats(), canary).stream())
                .toList();
    }

    public void write(Path folder) {
        AtomicFile.write(folder.resolve(FILE), Json.pretty(this) + "\n");
    }

    /// Empty for a folder of a training without canaries.
    ///
    /// @throws SartorException a user's error where the file was damaged
    public static Optional<Canaries> read(Path folder) {
        var file = folder.resolve(FILE);
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        try {
            return Optional.of(Json.mapper().readValue(Files.readAllBytes(file), Canaries.class));
        } catch (JacksonException e) {
            throw SartorException.user(
                    file
                            + " is damaged: "
                            + e.getOriginalMessage()
                            + ". Remove its folder, and train anew with `sartor tune --canaries`.",
                    e);
        } catch (IOException e) {
            throw SartorException.missing("cannot read " + file + ": " + e.getMessage(), e);
        }
    }
}
