/// The terminal: results, remarks, progress, tables, questions, interrupts. No command is here.
@Door
@NullMarked
package dev.sartor.cli.console;

import dev.sartor.core.Door;
import org.jspecify.annotations.NullMarked;
