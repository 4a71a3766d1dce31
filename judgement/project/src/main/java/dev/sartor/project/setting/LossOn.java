package dev.sartor.project.setting;

/// Which of the assistant's turns of a conversation the loss is taken on.
public enum LossOn implements Wire.Spelt {
    ALL_TURNS,
    LAST_TURN
}
