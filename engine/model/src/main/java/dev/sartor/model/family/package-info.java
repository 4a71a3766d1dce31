/// One file for each decoder architecture: its settings, its names for weights, its blocks. A new architecture is one
/// file here and one line in {@link dev.sartor.model.family.Families}.
@NullMarked
package dev.sartor.model.family;

import org.jspecify.annotations.NullMarked;
