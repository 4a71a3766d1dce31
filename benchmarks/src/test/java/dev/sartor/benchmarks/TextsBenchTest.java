package dev.sartor.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sartor.core.work.Progress;
import dev.sartor.hub.Hub;
import dev.sartor.hub.cache.Caches;
import dev.sartor.hub.catalogue.Gate;
import dev.sartor.hub.environment.Use;
import dev.sartor.model.Precision;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("models")
class TextsBenchTest {
    private static final List<String> QUESTIONS =
            List.of(
                    "Name three rivers in Europe.",
                    "Why does a worn bicycle chain skip?",
                    "Write a sentence about a lighthouse.",
                    "How many minutes are a quarter of an hour?");

    private static final int TOKENS = 16;

    private final Path model =
            Hub.open(Caches.standard(), Use.COMMERCIAL, Gate.closed())
                    .pull("smollm2-135m-instruct", Progress.silent())
                    .folder();

    private TextsBench.Result result(Precision precision) {
        try (var bench = new TextsBench("smollm2", model, precision, TOKENS, 4)) {
            return bench.run(QUESTIONS, Progress.silent());
        }
    }

    @Test
    void aTextInFp32IsTheSameAloneAndBesideOthers() {
        var result = result(Precision.F32);
        assertThat(result.texts()).isEqualTo(4);
        assertThat(result.said()).isBetween(4, 4 * TOKENS);
        assertThat(result.exactTogether().margins()).isEmpty();
        assertThat(result.rounded().margins()).isEmpty();
        assertThat(result.together().margins()).isEmpty();
        assertThat(result.roundedTogether().margins()).isEmpty();
    }

    /// Where rounded weights change a text at all, two tokens are about as likely there in fp32.
    /// Ten seconds for what `bench texts` prints.
    @Tag("bench")
    @Test
    void roundedWeightsChangeTextsWhereTwoTokensAreAboutAsLikely() {
        var result = result(Precision.INT8);
        assertThat(result.texts()).isEqualTo(4);
        assertThat(result.said()).isBetween(4, 4 * TOKENS);
        assertThat(result.exactTogether().margins()).isEmpty();
        for (var partings : List.of(result.rounded(), result.roundedTogether())) {
            assertThat(partings.margins()).hasSizeLessThanOrEqualTo(4).isSorted();
            for (double margin : partings.margins()) {
                assertThat(margin).isBetween(0.0, 1.0);
            }
        }
    }
}
