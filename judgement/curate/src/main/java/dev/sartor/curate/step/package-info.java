/// The steps that clean rows, one class each: they bring rows to the algorithms of the packages beside this one, and say what becomes of
/// each row. In which order they are done, and what is written of it, is in `curate`.
@NullMarked
package dev.sartor.curate.step;

import org.jspecify.annotations.NullMarked;
