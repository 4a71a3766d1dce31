/// Data that is fit to learn from: rows are cleaned by steps, and every row that is removed or changed is recorded with its
/// reason. The algorithms stand in packages of their own, which know texts, labels and vectors alone.
@NullMarked
package dev.sartor.curate;

import org.jspecify.annotations.NullMarked;
