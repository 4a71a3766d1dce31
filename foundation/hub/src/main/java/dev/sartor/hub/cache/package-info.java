/// The folders that hold what was fetched, laid out as the Hugging Face hub's cache. What is fetched into them is
/// decided elsewhere.
@Door
@NullMarked
package dev.sartor.hub.cache;

import dev.sartor.core.Door;
import org.jspecify.annotations.NullMarked;
