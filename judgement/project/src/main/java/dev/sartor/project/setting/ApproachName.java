package dev.sartor.project.setting;

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
    public String candidate() {
        return wireName().replace("tune", "tuned");
    }

    public boolean usesDocuments() {
        return this == RETRIEVAL || this == TUNE__RETRIEVAL || this == LONG_CONTEXT;
    }

    public boolean usesTraining() {
        return this == FEW_SHOT || isTuned();
    }

    public boolean isTuned() {
        return this == TUNE || this == TUNE__RETRIEVAL;
    }
}
