/// The program's commands put together; how a command ended becomes an exit code here.
@NullMarked
package dev.sartor.cli;

import org.jspecify.annotations.NullMarked;
