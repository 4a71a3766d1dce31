/// A server's state at the command line: its backup. The keys in it are the package `keys`'.
@NullMarked
package dev.sartor.cli.state;

import org.jspecify.annotations.NullMarked;
