package dev.sartor.compare;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sartor.compare.approach.TunedAdapter;
import dev.sartor.compare.run.AdapterRecipe;
import dev.sartor.compare.run.RunJson;
import dev.sartor.core.file.AtomicFile;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelCardTest {
    @TempDir Path folder;

    private static TunedAdapter tuned() {
        var validation = Map.of(1.0, 0.5, 2.0, 0.875);
        return new TunedAdapter(1000, 63.2, validation, 2, List.of(), List.of());
    }

    private static AdapterRecipe recipe() {
        return new AdapterRecipe(
                "route",
                "accuracy",
                "smollm2-135m-instruct",
                7,
                Map.of("train", "ab12", "validation", "cd34", "model", "ef56"),
                Map.of("rank", 16, "epochs", 4),
                Optional.of("cc-by-4.0"),
                "0.1.0");
    }

    @Test
    void aCardSaysWhatWasRecordedAndWhatWasNot() {
        var known = folder.resolve("known");
        AtomicFile.write(known.resolve(AdapterRecipe.FILE), RunJson.pretty(recipe()));
        var tuned = tuned();
        AtomicFile.write(known.resolve(Adapters.TRAINING), RunJson.pretty(tuned));
        var card =
                new ModelCard(
                        "helper",
                        "smollm2-135m-instruct",
                        "apache-2.0",
                        "transformers",
                        List.of(
                                ModelCard.Part.read(known, 1),
                                ModelCard.Part.read(folder.resolve("stranger"), 0.5)),
                        "sartor models export smollm2-135m-instruct --adapter known --as hf --out helper");
        assertThat(card.markdown())
                .startsWith(
                        """
                        ---
                        license: apache-2.0
                        base_model: "smollm2-135m-instruct"
                        library_name: transformers
                        tags:
                        - sartor
                        - lora
                        model-index:
                        - name: "helper"
                          results:
                          - task:
                              type: text-generation
                              name: "route"
                            dataset:
                              name: "validation file cd34"
                              type: private
                              split: validation
                            metrics:
                            - type: "accuracy"
                              value: 0.8750
                        ---
                        """)
                .contains(
                        "| accuracy on validation | 0.8750, epoch 2 |",
                        "| SHA-256 of train | `ab12` |",
                        "| rank | 16 |",
                        "| seed | 7 |",
                        "## Adapter stranger",
                        "Its change to the model is multiplied by 0.5.",
                        "is not recorded in its folder",
                        "| licence of the data | cc-by-4.0 |",
                        "sartor runs repeat known",
                        "sartor models export smollm2-135m-instruct --adapter known --as hf --out helper");
    }

    @Test
    void aLicenceThatNobodyKnowsIsNotInvented() {
        var card = new ModelCard("m", "/models/mine", "own", "transformers", List.of(), "make it");
        assertThat(card.markdown())
                .contains(
                        "license: other", "unknown here, since its files were brought by the user");
    }
}
