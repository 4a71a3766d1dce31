/// How long work is told to stop and tells how far it is. What the work is belongs to the rooms that do it.
@Door
@NullMarked
package dev.sartor.core.work;

import dev.sartor.core.Door;
import org.jspecify.annotations.NullMarked;
