/// Versions of prompts that are promoted for every server on one database, with what they say; some are a tenant's alone. What a
/// version is, and who takes it up, is known above.
@Door
@NullMarked
package dev.sartor.state.promotion;

import dev.sartor.core.Door;
import org.jspecify.annotations.NullMarked;
