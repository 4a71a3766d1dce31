package dev.sartor.compare.approach;

import java.util.function.ToIntFunction;

/// How much a model reads at once.
///
/// @param model its name
/// @param tokens the most that a prompt and its answer may take together
/// @param count the tokens of a text
public record ModelWindow(String model, long tokens, ToIntFunction<String> count) {}
