/// Makes examples from documents: questions with their answers, each checked against the passage that it was made of.
@NullMarked
package dev.sartor.synthesis;

import org.jspecify.annotations.NullMarked;
