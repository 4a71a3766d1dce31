/// From a row of logits to a token: penalties, temperature, truncation, chance. Knows no model.
@Door
@NullMarked
package dev.sartor.generate.sample;

import dev.sartor.core.Door;
import org.jspecify.annotations.NullMarked;
