/// The words that every room shares: tasks, examples, messages, answers, scores, problems; and the ports between rooms.
@NullMarked
package dev.sartor.core;

import org.jspecify.annotations.NullMarked;
