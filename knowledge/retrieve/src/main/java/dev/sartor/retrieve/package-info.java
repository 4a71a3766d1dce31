/// What is asked of an index and found in it: conditions, modes, findings. The index itself is in `retrieve.index`, the
/// search in `retrieve.search`.
@NullMarked
package dev.sartor.retrieve;

import org.jspecify.annotations.NullMarked;
