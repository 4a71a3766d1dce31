package dev.sartor.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sartor.core.work.Progress;
import dev.sartor.hub.Hub;
import dev.sartor.hub.cache.Caches;
import dev.sartor.hub.catalogue.Gate;
import dev.sartor.hub.environment.Use;
import dev.sartor.tokenizer.file.TokenizerReader;
import dev.sartor.weights.Resources;
import dev.sartor.weights.WeightAccess;
import dev.sartor.weights.gguf.GgufFile;
import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// The vocabulary in the real model's GGUF file.
@Tag("models")
class RealVocabularyTest {
    @Test
    void smolLm2TokenizesAsHfsTokenizerOfTheSameVocabulary() throws IOException {
        var hub = Hub.open(Caches.standard(), Use.COMMERCIAL, Gate.closed());
        var folder = hub.pull("smollm2-135m-instruct", Progress.silent()).folder();
        try (var files = Files.list(folder);
                var gguf =
                        GgufFile.open(
                                files.filter(f -> f.toString().endsWith(".gguf"))
                                        .findFirst()
                                        .orElseThrow(),
                                WeightAccess.MAPPED)) {
            var tokenizer = TokenizerReader.of(gguf.metadata());
            int other = 0;
            for (var row : Resources.json("tokens-smollm2.ids.json.gz")) {
                var text = row.path("text").stringValue();
                var ids = row.path("ids").valueStream().mapToInt(id -> id.intValue()).toArray();
                if (text.contains(" ½")) {
                    other++; // a number stands alone in the model's own steps, which the reference
                    // lacks
                } else {
                    assertThat(tokenizer.encodeTrusted(text, true).ids()).as(text).isEqualTo(ids);
                }
            }
            assertThat(other).isEqualTo(1);
            assertThat(tokenizer.settings().ends()).contains(2);
            assertThat(tokenizer.settings().chatTemplate().orElseThrow()).contains("<|im_start|>");
        }
    }
}
