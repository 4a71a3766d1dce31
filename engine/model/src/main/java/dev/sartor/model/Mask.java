package dev.sartor.model;

import dev.sartor.tensor.Tensor;
import java.util.Optional;

/// What is added to attention scores: 0 where a token is seen, −∞ where not.
///
/// @param own over the row's own tokens; broadcast to [groups × rows, share × queries, seen]
/// @param prefix over the tokens of a shared prefix, likewise; empty where all of them are seen
public record Mask(Tensor own, Optional<Tensor> prefix) {}
