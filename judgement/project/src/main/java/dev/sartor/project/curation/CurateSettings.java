package dev.sartor.project.curation;

import dev.sartor.core.Problems;
import dev.sartor.project.step.Action;
import dev.sartor.project.step.Language;
import dev.sartor.project.step.Licences;
import dev.sartor.project.step.NearDuplicates;
import dev.sartor.project.step.Outliers;
import dev.sartor.project.step.PersonalDataRules;
import dev.sartor.project.step.Profile;
import dev.sartor.project.step.Quality;
import dev.sartor.project.step.Secrets;
import dev.sartor.project.step.SemanticDuplicates;
import dev.sartor.project.step.Toxicity;
import dev.sartor.project.step.Unknown;
import dev.sartor.project.step.WrongLabels;
import dev.sartor.project.yaml.Setting;
import java.util.List;
import java.util.Optional;

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
                "the languages to keep",
                "at least one language where the step language is done",
                language.keep(),
                "such as [en], by ISO 639-1");
    }

    /// From which Jaccard's coefficient or edit similarity on two texts are near duplicates.
    public double nearThreshold() {
        return nearDuplicates.threshold();
    }

    /// From which cosine on two texts are semantic duplicates.
    public double semanticThreshold() {
        return semanticDuplicates.threshold();
    }

    /// Whether texts are whole documents, not rows of a task.
    public boolean areDocuments() {
        return quality.profile() == Profile.DOCUMENTS;
    }

    /// By ISO 639-1.
    public List<String> languages() {
        return language.keep();
    }

    /// The largest share of a row's words that may stand on the list.
    public double mostToxic() {
        return toxicity.most();
    }

    /// Whether code under no licence that is known goes.
    public boolean removesUnlicensed() {
        return licences.unknown() == Unknown.REMOVE;
    }

    /// Whether rows with secrets go; else the secrets do.
    public boolean removesSecrets() {
        return secrets.action() == Action.REMOVE;
    }

    /// Whether rows with personal data go; else pseudonyms stand in its place.
    public boolean removesPersonalData() {
        return personalData.action() == Action.REMOVE;
    }

    /// The model that marks names; empty where they are not looked for.
    public Optional<String> nameModel() {
        return personalData.names();
    }

    /// How many robust standard deviations a row may lie from the others.
    public double outlierLimit() {
        return outliers.z();
    }

    /// The encoder that is fine-tuned to judge labels; empty where vectors alone judge them.
    public Optional<String> labelModel() {
        return wrongLabels.tuned();
    }

    /// Of the cross-validation that judges labels.
    public int labelFolds() {
        return wrongLabels.folds();
    }
}
