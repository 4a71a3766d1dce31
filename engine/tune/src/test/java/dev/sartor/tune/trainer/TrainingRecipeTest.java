package dev.sartor.tune.trainer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sartor.core.Json;
import dev.sartor.tune.MaskedLmMasking;
import dev.sartor.tune.TinyTraining;
import dev.sartor.tune.TuneMethod;
import dev.sartor.tune.TuneSettings;
import dev.sartor.tune.TuneWatch;
import dev.sartor.tune.checkpoint.Checkpoint;
import dev.sartor.tune.trainer.TrainingRecipe.Aim;
import dev.sartor.tune.trainer.TrainingRecipe.Learned;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TrainingRecipeTest {
    private static final TuneWatch WATCH = new TuneWatch(0, 0, 2, 0.05);
    private static final TuneSettings LORA = TuneSettings.usual();
    private static final TuneSettings FULL =
            LORA.with(new TuneMethod.Full(List.of("model.layers.29.")));

    @TempDir Path folder;

    private static TrainingRecipe recipe(TuneSettings settings, Learned learned) {
        var details =
                Map.of(
                        Learned.DPO,
                        "0.1",
                        Learned.MASKED_LM,
                        TrainingRecipe.masking(new MaskedLmMasking(4, 100, Set.of(1))));
        return TrainingRecipe.of(
                settings,
                WATCH,
                new Aim(learned, details.getOrDefault(learned, "")),
                "tiny100BF16",
                Stream.of("one", "two"));
    }

    /// The digests that version 0.1.0 of 2026-11-30 wrote into its checkpoints, of an adapter and of whole weights.
    @ParameterizedTest
    @CsvSource({
        "CAUSAL_LM, 201e2ca3e0b279368920364378a164af70dd62038f49d7048b0e992aece1a9fa,"
                + " d2c85b4bb498fe7010b44d21f0012ab8c7df0806550b44bfd16539989c164ddb",
        "DPO, fc6d3c801d1164bfae467a43d1fcb9b5c1d676c219701ebefd181a61224b507e,"
                + " 0f72f5a96ba8412303fb2a12fbd357107e8563e1f58e438ed5b6e904a131f78d",
        "SEQ2SEQ, afad7d1d55e1fffb086c653bc5df23a7e9595b09026b291487ec946c1f912de5,"
                + " 1d4d40e072380b0370e05b7d6745eac2e048de487e1128fd38dcad88833debd1",
        "CLASSIFICATION, 23e46deb4dba0c89768f82ac9ba6091e6726de9daafb8d1a8d7a95859f7b8f13,"
                + " 3b696d85d9f8f88361c3ae07f0011b3b76af94ec8f7f1011c3cfb14b0fdd63ab",
        "CROSS_ENCODER, 601875339982f30ee9503b7776a91843041f732741eaa427cba0edb0a5394a5c,"
                + " 23ea4ee36dc04c13d5e18468ce52c3216dead67931493df62fd42fa337a270de",
        "MASKED_LM, c21008216254278a9218c90f34ac82a07159c8432cb32b78373de76b14728cb3,"
                + " 1b8602035aa80ac2ed181b3dec90056f76db51cc644398324a9fda4faee57ec8",
        "CONTRASTIVE, 9c14711b2696e0f3513f4392384914bca1423aca1fd43c000ec281696f0546bf,"
                + " 65b47ba488818528e393c036b75da78bcfa5a9d2e556747637c90dbb94cefd31",
    })
    void formerDigestsAreThoseOfNovember2026(Learned learned, String adapter, String whole) {
        assertThat(recipe(LORA, learned).former()).isEqualTo(adapter);
        assertThat(recipe(FULL, learned).former()).isEqualTo(whole);
    }

    @Test
    void whatIsDigestedIsWrittenToTheLetter() {
        assertThat(TrainingRecipe.text(LORA))
                .isEqualTo(
                        """
                        {"method":{"rank":16,"alpha":32.0,"stabilised":false,"magnitudes":false,\
                        "where":{"modules":[],"layers":[],"whole":[]}},\
                        "schedule":{"shape":"COSINE","learningRate":0.001,"warmup":0.1,"decay":0.0},\
                        "epochs":3,"batch":16,"passes":{"tokensAtOnce":16384,"keepInputsOnly":false,\
                        "divides":true,"recomputes":true},"optimiser":"ADAMW","weightDecay":0.0,\
                        "maxNorm":1.0,"maxTokens":1024,"seed":0}\
                        """);
        assertThat(TrainingRecipe.text(FULL))
                .startsWith("{\"method\":{\"parts\":[\"model.layers.29.\"]},");
        assertThat(TrainingRecipe.text(WATCH))
                .isEqualTo(
                        "{\"checkEvery\":0,\"patience\":0,\"saveEvery\":2,\"mostForgotten\":0.05}");
        assertThat(Stream.of(Learned.values()).map(learned -> Aim.of(learned).text()))
                .containsExactly(
                        "causal_lm",
                        "dpo",
                        "seq2seq",
                        "classification",
                        "cross_encoder",
                        "masked_lm",
                        "contrastive");
    }

    /// Sets of Java have another order in each process.
    @Test
    void theOrderOfSpecialTokensDoesNotCount() {
        assertThat(
                        TrainingRecipe.masking(
                                new MaskedLmMasking(4, 100, Set.of(103, 0, 101, 100, 102))))
                .isEqualTo("{\"mask\":4,\"vocabulary\":100,\"special\":[0,100,101,102,103]}");
    }

    @Test
    void objectivesMethodsAndRowsMakeOtherRecipes() {
        var all =
                Arrays.stream(Learned.values())
                        .flatMap(each -> Stream.of(recipe(LORA, each), recipe(FULL, each)))
                        .flatMap(each -> Stream.of(each.digest(), each.former()));
        assertThat(all).doesNotHaveDuplicates();
    }

    /// What the version of before left of a training of {@link TinyTraining}: its digest beside its checkpoints.
    @Test
    void aTrainingThatBeganUnderItsFormerDigestGoesOnAndIsNotDoneAgain() throws IOException {
        var decoder = TinyTraining.model();
        var whole = new TinyTraining(decoder, folder.resolve("whole"));
        whole.toTheEnd();
        assertThat(recipeIn("whole/trained.json")).isNotEqualTo(FORMER);
        var before = new TinyTraining(decoder, folder.resolve("before"));
        Files.createDirectories(before.folder());
        var noted = Files.readString(folder.resolve("whole/memory.json"));
        Files.writeString(
                before.folder().resolve("memory.json"),
                noted.replace(recipeIn("whole/memory.json"), FORMER));
        before.stopAfter(5);
        assertThat(Checkpoint.state(before.checkpoint("step-00000005")).orElseThrow())
                .contains(FORMER);
        Files.delete(before.checkpoint("step-00000004"));
        before.toTheEnd();
        assertThat(before.said()).contains("going on from step 5 of 9");
        assertThat(before.adapter()).isEqualTo(whole.adapter());
        assertThat(recipeIn("before/trained.json")).isEqualTo(FORMER);
        Files.delete(before.folder().resolve("memory.json"));
        int measured = before.measurements();
        before.toTheEnd();
        assertThat(before.measurements()).isEqualTo(measured);
    }

    private static final String FORMER =
            "20cef2b8ec9c1d7ec1424363ec6606794496da95b2074e1e768e479e2d1772aa";

    private String recipeIn(String file) {
        return Json.read(folder.resolve(file)).path("recipe").asString();
    }
}
