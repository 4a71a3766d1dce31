package dev.sartor.tune;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.sartor.core.Progress;
import dev.sartor.core.SartorException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsSearchTest {
    private static final List<Dimension> SPACE =
            List.of(
                    new Dimension.Range("learning_rate", 1e-5, 1e-1, true, false),
                    new Dimension.Range("rank", 1, 64, false, true),
                    new Dimension.Choice("schedule", List.of("cosine", "linear", "constant")));

    @TempDir Path folder;

    /// Best at 2e-3, 24 and linear; at a small share the score is lower and less different.
    private static double score(Map<String, String> settings, double share) {
        double rate = Double.parseDouble(value(settings, "learning_rate"));
        double rank = Double.parseDouble(value(settings, "rank"));
        double apart = Math.pow(Math.log10(rate / 2e-3), 2) / 4 + Math.pow((rank - 24) / 64, 2);
        double right = value(settings, "schedule").equals("linear") ? 0 : 0.1;
        return 0.5 + share * (0.5 - apart - right) / 2;
    }

    private static String value(Map<String, String> settings, String key) {
        return Objects.requireNonNull(settings.get(key));
    }

    private static SettingsSearch search(SettingsSearch.Method method, int trials, long seed) {
        return new SettingsSearch(SPACE, Halving.of(trials, trials / 4.0), method, seed);
    }

    @Test
    void sixteenTrialsInTheTimeOfFourTrainings() {
        var halving = Halving.of(16, 4);
        assertThat(halving.rungs().stream().map(Halving.Rung::trials)).containsExactly(16, 4, 1);
        assertThat(halving.rungs().getLast().share()).isEqualTo(1);
        assertThat(halving.cost()).isCloseTo(4, within(1e-6));
        assertThatThrownBy(() -> Halving.of(16, 17)).isInstanceOf(SartorException.class);
    }

    @Test
    void parzenFindsBetterSettingsThanChance() {
        double found = 0;
        double byChance = 0;
        for (long seed = 0; seed < 20; seed++) {
            found += best(SettingsSearch.Method.TPE, seed);
            byChance += best(SettingsSearch.Method.RANDOM, seed);
        }
        assertThat(found / 20).isGreaterThan(byChance / 20 + 0.005);
    }

    private double best(SettingsSearch.Method method, long seed) {
        var result =
                search(method, 32, seed)
                        .run(
                                folder.resolve(method + "-" + seed),
                                (_, settings, share) -> score(settings, share),
                                Progress.silent());
        return result.trials().get(result.best() - 1).scores().getLast();
    }

    @Test
    void aStoppedSearchGoesOnWithTheTrialsThatItWouldHaveTried() {
        var whole =
                search(SettingsSearch.Method.TPE, 16, 3)
                        .run(
                                folder.resolve("whole"),
                                (_, settings, share) -> score(settings, share),
                                Progress.silent());
        var calls = new ArrayList<Integer>();
        SettingsSearch.Trainer stopping =
                (trial, settings, share) -> {
                    if (calls.size() == 11 || calls.size() == 18) {
                        calls.add(-1);
                        throw SartorException.stopped("stopped");
                    }
                    calls.add(trial);
                    return score(settings, share);
                };
        var parts = search(SettingsSearch.Method.TPE, 16, 3);
        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(
                            () -> parts.run(folder.resolve("parts"), stopping, Progress.silent()))
                    .hasMessageContaining("stopped");
        }
        var result = parts.run(folder.resolve("parts"), stopping, Progress.silent());
        assertThat(result.trials().stream().map(SettingsSearch.Trial::settings).toList())
                .isEqualTo(whole.trials().stream().map(SettingsSearch.Trial::settings).toList());
        assertThat(result.best()).isEqualTo(whole.best());
        assertThat(calls).hasSize(16 + 4 + 1 + 2);
    }

    @Test
    void anotherSpaceIsRefused() {
        search(SettingsSearch.Method.RANDOM, 4, 1)
                .run(folder, (_, settings, share) -> score(settings, share), Progress.silent());
        assertThatThrownBy(() ->
                        search(SettingsSearch.Method.RANDOM, 4, 2)
                                .run(
                                        folder,
                                        (_, settings, share) -> score(settings, share),
                                        Progress.silent()))
                .hasMessageContaining("another seed");
    }
}
