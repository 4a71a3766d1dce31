/// What a training is asked for and what it reports: settings, rows, watchers. How it is done is in the packages below;
/// files are read in the room `training`.
@NullMarked
package dev.sartor.tune;

import org.jspecify.annotations.NullMarked;
