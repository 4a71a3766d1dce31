/// The audit log at the command line: whether it is whole, and what is in it.
@NullMarked
package dev.sartor.cli.audit;

import org.jspecify.annotations.NullMarked;
