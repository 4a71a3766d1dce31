/// Numbers, amounts, dates and times in texts, compared by what they mean.
@NullMarked
package dev.sartor.evaluate.value;

import org.jspecify.annotations.NullMarked;
