package dev.sartor.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.sartor.core.SartorException;
import dev.sartor.core.work.Progress;
import dev.sartor.hub.Hub;
import dev.sartor.hub.cache.Caches;
import dev.sartor.hub.catalogue.Gate;
import dev.sartor.hub.environment.Use;
import dev.sartor.model.Precision;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("models")
class WeightsBenchTest {
    private static final String TEXT =
            """
            A bicycle is kept upright by steering it into the direction in which it begins to fall. The rider does so without
            thinking of it, and a bicycle that rolls fast enough does so alone. Engineers long believed that the spinning of the
            wheels and the slant of the fork were the reason; a machine built without either was as steady as any other. Chains
            wear as their pins and bushings do: a worn chain is longer, climbs the teeth and is loud under load. It should be
            changed before it has grown by one part in a hundred, since it otherwise wears out the sprockets, too. Brakes act on
            the rim or on a disc. Water on a rim makes for a longer way to a stop, and dirt in it wears the rim thin.
            """;

    private final Path model =
            Hub.open(Caches.standard(), Use.COMMERCIAL, Gate.closed())
                    .pull("smollm2-135m-instruct", Progress.silent())
                    .folder();

    @Test
    void theSameWeightsDoNotDiffer() {
        try (var bench = new WeightsBench(model, Precision.BF16, TEXT, 1000)) {
            var result = bench.run(Progress.silent());
            assertThat(result.perplexity()).isEqualTo(result.perplexityInBf16());
            assertThat(result.divergence()).isZero();
            assertThat(result.sameLikeliest()).isEqualTo(1);
            assertThat(result.bytes()).isEqualTo(result.bytesInBf16());
        }
    }

    /// The bounds are several times what decision 0009 has for a longer text.
    @Test
    void int8CostsLittleAndHalvesTheWeights() {
        try (var bench = new WeightsBench(model, Precision.INT8, TEXT, 1000)) {
            var result = bench.run(Progress.silent());
            assertThat(result.positions()).isBetween(150, 250);
            assertThat(result.perplexityInBf16()).isBetween(20.0, 100.0);
            assertThat(result.perplexity() / result.perplexityInBf16()).isCloseTo(1, within(0.03));
            assertThat(result.divergence()).isBetween(0.001, 0.02);
            assertThat(result.sameLikeliest()).isBetween(0.88, 0.999);
            assertThat(result.bytes()).isLessThan(result.bytesInBf16() * 7 / 10);
        }
    }

    @Test
    void aTextThatPredictsNothingIsRefused() {
        assertThatThrownBy(() -> new WeightsBench(model, Precision.INT8, "", 1000))
                .isInstanceOf(SartorException.class)
                .hasMessageContaining("at least 2 tokens");
    }
}
