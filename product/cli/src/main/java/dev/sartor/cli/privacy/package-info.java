/// What a tuned adapter gives away, at the command line: the audit, and the gate that goes by it.
@NullMarked
package dev.sartor.cli.privacy;

import org.jspecify.annotations.NullMarked;
