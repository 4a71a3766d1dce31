package dev.sartor.project.setting;

/// What to do with test rows that also stand in training or validation.
public enum LeakageRule {
    /// Nothing starts until they are gone.
    REFUSE,
    /// The same, also of test rows that stand nearly there.
    NEAR,
    /// The training or validation row goes; the test row stays.
    DROP_FROM_TRAINING
}
