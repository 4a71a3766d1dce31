/// A model's stored weights by name, whatever the format: the port {@link dev.sartor.weights.Weights}, and bytes that
/// are mapped or read. What weights mean to a network is in the room `model`.
@NullMarked
package dev.sartor.weights;

import org.jspecify.annotations.NullMarked;
