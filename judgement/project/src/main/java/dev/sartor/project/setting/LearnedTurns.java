package dev.sartor.project.setting;

/// Which of the assistant's turns of a conversation are learned.
public enum LearnedTurns {
    ALL,
    LAST
}
