/// How work is told to stop, tells how far it is and what it retrieved, and gives way to other work, and the functions of the C library that this
/// takes. What the work is belongs to the rooms that do it.
@Door
@NullMarked
package dev.sartor.core.work;

import dev.sartor.core.Door;
import org.jspecify.annotations.NullMarked;
