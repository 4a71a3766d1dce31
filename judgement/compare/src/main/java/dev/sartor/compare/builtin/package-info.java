/// The approaches that Sartor comes with, one file each, and what one of them alone needs. What several share, and the port
/// that they implement, stand in `approach`; nothing there or elsewhere knows this package's classes, but for the plain prompt and the
/// task's own training.
@NullMarked
package dev.sartor.compare.builtin;

import org.jspecify.annotations.NullMarked;
