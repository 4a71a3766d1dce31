/// Readers of examples in the field's formats, splits, duplicates and leakage.
@NullMarked
package dev.sartor.data;

import org.jspecify.annotations.NullMarked;
