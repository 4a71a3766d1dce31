/// The commands under `sartor bench` and what they measure. Stands beside the product, which finds it by ServiceLoader;
/// nothing may depend on it.
@NullMarked
package dev.sartor.benchmarks;

import org.jspecify.annotations.NullMarked;
