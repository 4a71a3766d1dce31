/// How much each caller may use: what a server asks before it answers, and tells afterwards.
@Door
@NullMarked
package dev.sartor.serve.quota;

import dev.sartor.core.Door;
import org.jspecify.annotations.NullMarked;
