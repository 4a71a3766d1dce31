package dev.sartor.curate.step;

import dev.sartor.curate.quality.LanguageIdentifier;
import dev.sartor.curate.quality.QualityProfile;
import dev.sartor.curate.quality.ToxicWords;
import dev.sartor.project.curation.CurateSettings;
import dev.sartor.project.curation.StepName;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// The steps that settings name.
public final class Steps {
    private final CurateSettings settings;
    private final Path keyFile;
    private final String embedder;
    private final LanguageIdentifier languages;

    private Steps(
            CurateSettings settings, Path keyFile, String embedder, LanguageIdentifier languages) {
        this.settings = settings;
        this.keyFile = keyFile;
        this.embedder = embedder;
        this.languages = languages;
    }

    /// @param keyFile the secret of pseudonyms, made where a step needs it and it is not there
    /// @param embedder the name of the model whose vectors steps go by
    /// @param languages tells languages
    /// @return in the order in which they are named
    public static List<Step> of(
            CurateSettings settings, Path keyFile, String embedder, LanguageIdentifier languages) {
        var steps = new Steps(settings, keyFile, embedder, languages);
        return settings.steps().stream().map(steps::step).toList();
    }

    private Step step(StepName name) {
        return switch (name) {
            case BROKEN -> new BrokenStep();
            case EXACT_DUPLICATES -> new ExactDuplicatesStep();
            case NEAR_DUPLICATES -> new NearDuplicatesStep(settings.nearThreshold());
            case QUALITY -> new QualityStep(profile());
            case LANGUAGE -> new LanguageStep(settings.languages(), languages);
            case TOXICITY -> new ToxicityStep(settings.mostToxic(), toxicLanguages());
            case LICENCES -> new LicencesStep(settings.removesUnlicensed());
            case SECRETS -> new SecretsStep(settings.removesSecrets());
            case PERSONAL_DATA -> personalData();
            case SEMANTIC_DUPLICATES ->
                    new SemanticDuplicatesStep(settings.semanticThreshold(), embedder);
            case OUTLIERS -> new OutliersStep(settings.outlierLimit(), embedder);
            case WRONG_LABELS ->
                    new WrongLabelsStep(settings.labelFolds(), embedder, settings.labelModel());
        };
    }

    /// Those of the languages to keep that have a list; English where none is named.
    private List<String> toxicLanguages() {
        var listed =
                settings.languages().stream().filter(ToxicWords.languages()::contains).toList();
        return listed.isEmpty() ? List.of("en") : listed;
    }

    private Step personalData() {
        return new PersonalDataStep(
                settings.removesPersonalData()
                        ? Optional.empty()
                        : Optional.of(DataKey.in(keyFile)),
                settings.nameModel());
    }

    private QualityProfile profile() {
        return settings.areDocuments() ? QualityProfile.DOCUMENTS : QualityProfile.ROWS;
    }
}
