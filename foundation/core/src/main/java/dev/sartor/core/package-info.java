/// The words that all rooms share: tasks, questions, answers, passages, principals, readers, errors. What only one room
/// needs does not belong here, nor does anything that opens a file or runs for long.
@NullMarked
package dev.sartor.core;

import org.jspecify.annotations.NullMarked;
