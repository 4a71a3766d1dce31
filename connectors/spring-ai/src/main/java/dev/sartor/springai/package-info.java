/// Sartor's index for Spring AI.
@NullMarked
package dev.sartor.springai;

import org.jspecify.annotations.NullMarked;
