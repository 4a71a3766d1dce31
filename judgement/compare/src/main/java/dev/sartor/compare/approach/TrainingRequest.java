package dev.sartor.compare.approach;

import dev.sartor.data.JudgedPassages;
import dev.sartor.data.Preference;
import dev.sartor.data.SimilarTexts;
import dev.sartor.project.setting.TuningSettings;
import java.nio.file.Path;
import java.util.List;

/// A training of whole texts, of preferences or of an embedder.
///
/// @param seed where the settings have none of their own
/// @param folder where checkpoints and, at the end, the result lie
public record TrainingRequest(
        String model, Material material, TuningSettings settings, long seed, Path folder) {
    /// What is learned from.
    public sealed interface Material {}

    /// Texts to go on with.
    ///
    /// @param fim the share of texts whose middle is learned after both sides, 0 to 1
    public record Texts(List<String> texts, double fim) implements Material {
        public Texts {
            texts = List.copyOf(texts);
        }
    }

    /// Texts whose hidden words are guessed.
    public record Words(List<String> texts) implements Material {
        public Words {
            texts = List.copyOf(texts);
        }
    }

    /// @param beta how strongly the model is held to where it stood
    public record Preferences(List<Preference> rows, double beta) implements Material {
        public Preferences {
            rows = List.copyOf(rows);
        }
    }

    /// Texts that belong together.
    ///
    /// @param validation to measure by; empty to keep the last state
    public record Meanings(List<SimilarTexts> rows, List<SimilarTexts> validation)
            implements Material {
        public Meanings {
            rows = List.copyOf(rows);
            validation = List.copyOf(validation);
        }
    }

    /// Passages that answer questions and passages that do not, of both kinds some.
    ///
    /// @param validation to measure by, likewise; empty to keep the last state
    public record Relevance(List<JudgedPassages> questions, List<JudgedPassages> validation)
            implements Material {
        public Relevance {
            questions = List.copyOf(questions);
            validation = List.copyOf(validation);
        }
    }

    /// Texts with labels: those with the same one belong together.
    ///
    /// @param labels of each text, from 0
    /// @param pairs with how many others of its label each text is paired, at most
    public record Labelled(List<String> texts, List<Integer> labels, int pairs)
            implements Material {
        public Labelled {
            texts = List.copyOf(texts);
            labels = List.copyOf(labels);
        }
    }
}
