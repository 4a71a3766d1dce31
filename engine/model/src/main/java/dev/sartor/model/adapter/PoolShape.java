package dev.sartor.model.adapter;

import dev.sartor.tensor.DType;

/// How large a pool is.
///
/// @param slots adapters at the same time
/// @param rank columns of each slot
/// @param type what the network computes in
record PoolShape(int slots, int rank, DType type) {}
