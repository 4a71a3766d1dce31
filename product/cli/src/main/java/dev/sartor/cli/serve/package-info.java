/// The commands that answer: serve and chat.
@NullMarked
package dev.sartor.cli.serve;

import org.jspecify.annotations.NullMarked;
