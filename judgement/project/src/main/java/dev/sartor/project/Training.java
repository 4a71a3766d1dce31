package dev.sartor.project;

import dev.sartor.project.setting.TuningSettings;
import dev.sartor.project.setting.Wire;
import dev.sartor.project.yaml.Setting;
import dev.sartor.retrieve.ground.Negatives;
import java.nio.file.Path;
import java.util.Optional;

/// A training that is no task's: of whole texts, of preferences, of an embedder, or of a reranker.
public record Training(
        @Setting(
                        means =
                                "What the training is called, on the command line and in `runs/`. No task may have the same"
                                        + " name.",
                        example = "tone",
                        pattern = "[a-z0-9][a-z0-9-]{0,39}",
                        rule = "lower-case letters, digits and hyphens")
                String name,
        @Setting(
                        means =
                                "What the training minimises. causal_lm: the loss of the next token, in prose or code"
                                        + " (rows with text). masked_lm: that of masked tokens, for encoders (rows with"
                                        + " text). dpo: direct preference optimisation, to say the better of two answers"
                                        + " (rows with prompt, chosen and rejected). contrastive: which texts belong"
                                        + " together, for embedders (rows with anchor, positive and perhaps negative)."
                                        + " cross_encoder: which passages answer a question, for a reranker (rows with"
                                        + " question, passage and relevant, or those of contrastive).",
                        example = "dpo")
                Objective objective,
        @Setting(
                        means =
                                "The model to train, where it is not the project's model, or for contrastive and cross_encoder the"
                                        + " project's embedder.",
                        example = "all-minilm-l6-v2")
                Optional<String> model,
        @Setting(
                        means =
                                "The rows to learn from: JSONL, a JSON array, CSV, Parquet or Arrow.",
                        example = "data/preferences.jsonl")
                Path train,
        @Setting(
                        means =
                                "For contrastive and cross_encoder: rows to measure by, as those of train and none of them. How often"
                                        + " an anchor's own text is the nearest (recall@1), or how well passages are ordered"
                                        + " (nDCG@10), is measured before and after each epoch, and the best state is kept;"
                                        + " without it the last.",
                        example = "data/pairs-validation.jsonl")
                Optional<Path> validation,
        @Setting(
                        means =
                                "The licence of the rows, as it is to be named to whoever gets what was made of them: an"
                                        + " SPDX identifier, or a few words. Recorded with each run and written on the model"
                                        + " card; nothing is checked.",
                        example = "cc-by-4.0")
                Optional<String> licence,
        @Setting(
                        means =
                                "For dpo: how strongly the model is held to where it stood. Smaller moves it further"
                                        + " and risks worse language.",
                        fallback = "0.1",
                        example = "0.1",
                        least = 0,
                        above = true,
                        most = 10,
                        advice = "0.1 is usual.")
                double dpoBeta,
        @Setting(
                        means =
                                "For causal_lm: the share of texts from which a middle is taken and learned after both sides"
                                        + " (fill-in-the-middle), so that the model can complete code at the cursor. Only"
                                        + " for models whose tokenizer has tokens for it; half of the texts cost plain"
                                        + " continuing little.",
                        fallback = "0",
                        example = "0.5",
                        least = 0,
                        most = 1,
                        advice = "0.5 is usual for code, 0 for prose.")
                double fimRate,
        @Setting(
                        means =
                                "For cross_encoder: how many passages that do not answer are learned for each that does. Those"
                                        + " of the rows count, the rest is drawn from other questions' passages. More teach a"
                                        + " finer difference and make an epoch longer in proportion; 0 draws none.",
                        fallback = "4",
                        example = "4",
                        least = 0,
                        most = 100,
                        advice = "4 is usual.")
                int negatives,
        @Setting(
                        means =
                                "For cross_encoder: which passages are drawn. bm25: of the 30 that share most words with the"
                                        + " question (BM25), so that words alone do not tell; where several passages answer"
                                        + " alike, one that answers may be among them. random: any, which is easier and"
                                        + " teaches less.",
                        fallback = "bm25",
                        example = "bm25")
                Negatives.From hardNegatives,
        @Setting(
                        means =
                                "Training settings of this training, where they differ from the project's.",
                        fallback = "{}",
                        example = "{method: full, batch: 64}")
                TuningSettings tune) {
    /// What a training minimises.
    public enum Objective implements Wire.Spelt {
        CAUSAL_LM,
        MASKED_LM,
        DPO,
        CONTRASTIVE,
        CROSS_ENCODER;

        /// Whether it is an encoder's, measured on rows of its own.
        boolean isOfEncoders() {
            return this == CONTRASTIVE || this == CROSS_ENCODER;
        }
    }

    /// The model to train.
    public String model(Project project) {
        return model.orElseGet(
                () -> objective.isOfEncoders() ? project.embedder() : project.model());
    }
}
