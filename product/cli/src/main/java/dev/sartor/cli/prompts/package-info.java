/// The versions of a task's prompt at the command line.
@NullMarked
package dev.sartor.cli.prompts;

import org.jspecify.annotations.NullMarked;
