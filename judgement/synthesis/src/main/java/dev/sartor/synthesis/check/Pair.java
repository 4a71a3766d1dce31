package dev.sartor.synthesis.check;

/// A question with its answer.
public record Pair(String question, String answer) {}
