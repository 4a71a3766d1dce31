/// Files and folders written so that a crash or a full disk leaves the old or the new content whole, and digests of
/// what they hold. Formats of files belong to the rooms that read them.
@Door
@NullMarked
package dev.sartor.core.file;

import dev.sartor.core.Door;
import org.jspecify.annotations.NullMarked;
