package dev.sartor.project.curation;

import dev.sartor.project.setting.Wire;

/// What can be done with rows, in the order in which it is best done: what is broken first, what needs a model last.
public enum StepName implements Wire.Spelt {
    BROKEN,
    EXACT_DUPLICATES,
    NEAR_DUPLICATES,
    QUALITY,
    LANGUAGE,
    TOXICITY,
    LICENCES,
    SECRETS,
    PERSONAL_DATA,
    SEMANTIC_DUPLICATES,
    OUTLIERS,
    WRONG_LABELS;

    /// As files and records name it, such as `near_duplicates`.
    public String key() {
        return Wire.value(this);
    }
}
