package dev.sartor.compare;

/// What can be tried, as the project file names it.
public enum ApproachName {
    ZERO_SHOT,
    FEW_SHOT,
    RETRIEVAL,
    TUNE,
    TUNE__RETRIEVAL;

    /// Such as `tune+retrieval`.
    public String wireName() {
        return Wire.value(this);
    }

    boolean usesDocuments() {
        return this == RETRIEVAL || this == TUNE__RETRIEVAL;
    }

    boolean usesTraining() {
        return this == FEW_SHOT || isTuned();
    }

    boolean isTuned() {
        return this == TUNE || this == TUNE__RETRIEVAL;
    }
}
