package dev.sartor.compare;

import com.fasterxml.jackson.annotation.JsonValue;

/// What can be tried, as the project file names it.
public enum ApproachName {
    ZERO_SHOT,
    FEW_SHOT,
    RETRIEVAL,
    TUNE,
    TUNE__RETRIEVAL,
    LONG_CONTEXT;

    /// Such as `tune+retrieval`.
    @JsonValue
    public String wireName() {
        return Wire.value(this);
    }

    /// What its candidate is called, such as `tuned+retrieval`.
    String candidate() {
        return wireName().replace("tune", "tuned");
    }

    boolean usesDocuments() {
        return this == RETRIEVAL || this == TUNE__RETRIEVAL || this == LONG_CONTEXT;
    }

    boolean usesTraining() {
        return this == FEW_SHOT || isTuned();
    }

    boolean isTuned() {
        return this == TUNE || this == TUNE__RETRIEVAL;
    }
}
