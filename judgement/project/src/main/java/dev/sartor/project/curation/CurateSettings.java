package dev.sartor.project.curation;

import dev.sartor.core.Problems;
import dev.sartor.project.setting.Wire;
import dev.sartor.project.yaml.Setting;
import java.util.List;
import java.util.stream.Stream;

/// How rows are cleaned. Each step has a section of its own name, where it has something to set.
public record CurateSettings(
        @Setting(
                        means =
                                "What is done with the rows, in this order. broken, exact_duplicates and near_duplicates remove"
                                        + " rows, secrets and personal_data replace what they find; quality, language,"
                                        + " toxicity, licences, semantic_duplicates, outliers and wrong_labels remove rows, too,"
                                        + " and are done only where they are named. The last three go by the embedder's vectors.",
                        fallback =
                                "[broken, exact_duplicates, near_duplicates, secrets, personal_data]",
                        example = "[broken, exact_duplicates, near_duplicates, wrong_labels]")
                List<StepName> steps,
        @Setting(
                        means = "Texts that are nearly equal, of which the first stays.",
                        fallback = "{}",
                        example = "{threshold: 0.8}")
                NearDuplicates nearDuplicates,
        @Setting(
                        means = "Texts that mean nearly the same, of which the first stays.",
                        fallback = "{}",
                        example = "{threshold: 0.95}")
                SemanticDuplicates semanticDuplicates,
        @Setting(
                        means = "What a text must look like to be learnt from.",
                        fallback = "{}",
                        example = "{profile: documents}")
                Quality quality,
        @Setting(means = "The languages that stay.", fallback = "{}", example = "{keep: [en, de]}")
                Language language,
        @Setting(
                        means = "Insults and obscenities, by a list of words.",
                        fallback = "{}",
                        example = "{most: 0.02}")
                Toxicity toxicity,
        @Setting(
                        means = "The licences of code that stay.",
                        fallback = "{}",
                        example = "{unknown: remove}")
                Licences licences,
        @Setting(
                        means = "Keys, passwords and tokens.",
                        fallback = "{}",
                        example = "{action: remove}")
                Secrets secrets,
        @Setting(
                        means = "What tells who somebody is.",
                        fallback = "{}",
                        example = "{action: remove}")
                PersonalDataRules personalData,
        @Setting(means = "Rows that are like no other.", fallback = "{}", example = "{z: 6}")
                Outliers outliers,
        @Setting(
                        means = "Rows whose label is most likely wrong, by confident learning.",
                        fallback = "{}",
                        example = "{folds: 5}")
                WrongLabels wrongLabels,
        @Setting(
                        means =
                                "Whether what each step is worth is measured: the cheapest candidate, logistic regression, learns with and"
                                        + " without it, and is scored on the validation rows.",
                        fallback = "false",
                        example = "true")
                boolean ablation) {
    public CurateSettings {
        steps = List.copyOf(steps);
        Problems.refuseUnless(
                !steps.isEmpty() && steps.stream().distinct().count() == steps.size(),
                "steps",
                "at least one step, each once",
                steps.stream().map(StepName::key).toList(),
                "such as [exact_duplicates, near_duplicates]");
        Problems.refuseUnless(
                !steps.contains(StepName.LANGUAGE) || !language.keep().isEmpty(),
                "language.keep",
                "at least one language where the step language is done",
                language.keep(),
                "such as [en], by ISO 639-1");
    }

    /// @param threshold Jaccard's coefficient of the texts' shingles
    public record NearDuplicates(
            @Setting(
                            means =
                                    "From which Jaccard coefficient of their shingles on two texts are near duplicates. Lower"
                                            + " finds more that was edited, and more that only looks alike.",
                            fallback = "0.8",
                            example = "0.8",
                            least = 0.3,
                            most = 1,
                            advice = "0.8 is usual; 0.7 finds more.")
                    double threshold) {}

    /// @param threshold a cosine
    public record SemanticDuplicates(
            @Setting(
                            means =
                                    "From which cosine of their vectors on two texts are duplicates. It hangs on the embedder: look"
                                            + " at removed.jsonl before it is lowered.",
                            fallback = "0.97",
                            example = "0.97",
                            least = 0.5,
                            most = 1,
                            advice = "0.95 to 0.99 suit all-minilm-l6-v2.")
                    double threshold) {}

    /// Which limits count.
    public record Quality(
            @Setting(
                            means =
                                    "rows: short texts such as messages, of which only repetition and symbols are limited; documents:"
                                            + " whole pages, with all rules of Gopher (Rae et al. 2021).",
                            fallback = "rows",
                            example = "documents")
                    Profile profile) {}

    /// What texts are.
    public enum Profile {
        ROWS,
        DOCUMENTS
    }

    /// @param keep languages by ISO 639-1
    public record Language(
            @Setting(
                            means =
                                    "The languages whose rows stay, by ISO 639-1; texts too short to tell stay, too.",
                            fallback = "[]",
                            example = "[en, de]",
                            pattern = "[a-z]{2,3}",
                            rule = "a language by ISO 639-1, such as en")
                    List<String> keep) {
        public Language {
            keep = List.copyOf(keep);
        }
    }

    /// @param most a share
    public record Toxicity(
            @Setting(
                            means =
                                    "The largest share of a row's words that may stand on the list. Quotations and words that a group"
                                            + " uses of itself count, too: look at removed.jsonl.",
                            fallback = "0.05",
                            example = "0.05",
                            least = 0,
                            most = 1)
                    double most) {}

    /// What happens to code under no permissive licence.
    public record Licences(
            @Setting(
                            means =
                                    "What becomes of rows whose licence is not known: keep or remove. Those under a licence that is"
                                            + " not permissive are removed.",
                            fallback = "keep",
                            example = "remove")
                    Unknown unknown) {}

    /// What becomes of what is not known.
    public enum Unknown {
        KEEP,
        REMOVE
    }

    /// @param action what becomes of a row with a finding
    public record Secrets(
            @Setting(
                            means =
                                    "redact puts a name of its kind in the finding's place, remove removes the row.",
                            fallback = "redact",
                            example = "remove")
                    Action action) {}

    /// @param action what becomes of a row with a finding
    public record PersonalDataRules(
            @Setting(
                            means =
                                    "redact puts a pseudonym in the finding's place, the same for the same value throughout the set; remove"
                                            + " removes the row.",
                            fallback = "redact",
                            example = "remove")
                    Action action) {}

    /// What becomes of a row with a finding.
    public enum Action {
        REDACT,
        REMOVE
    }

    /// @param z a robust z score
    public record Outliers(
            @Setting(
                            means =
                                    "How many robust standard deviations a row may lie from the others, in its length and in its"
                                            + " distance to its nearest rows.",
                            fallback = "5",
                            example = "6",
                            least = 2,
                            most = 100)
                    double z) {}

    /// @param folds of the cross-validation whose probabilities count
    public record WrongLabels(
            @Setting(
                            means =
                                    "How many folds the rows are dealt to: each is judged by a classifier that was trained without it.",
                            fallback = "5",
                            example = "5",
                            least = 2,
                            most = 20)
                    int folds) {}

    /// With other steps.
    public CurateSettings with(List<StepName> others) {
        return new CurateSettings(
                others,
                nearDuplicates,
                semanticDuplicates,
                quality,
                language,
                toxicity,
                licences,
                secrets,
                personalData,
                outliers,
                wrongLabels,
                ablation);
    }

    /// The names of all steps, as the file has them.
    public static List<String> stepNames() {
        return Stream.of(StepName.values()).map(Wire::value).toList();
    }
}
