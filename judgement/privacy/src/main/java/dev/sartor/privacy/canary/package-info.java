/// Canaries: random rows that are planted in a training, so that it can be measured how well it learned them by heart. What measures
/// that stands in the room's own package.
@Door
@NullMarked
package dev.sartor.privacy.canary;

import dev.sartor.core.Door;
import org.jspecify.annotations.NullMarked;
