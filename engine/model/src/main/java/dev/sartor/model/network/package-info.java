/// Whole networks, low-rank adapters on them, and the forward and backward passes through both. Files and families are
/// elsewhere.
@Door
@NullMarked
package dev.sartor.model.network;

import dev.sartor.core.Door;
import org.jspecify.annotations.NullMarked;
