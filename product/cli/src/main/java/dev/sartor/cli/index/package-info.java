/// The commands over indexes: index, search, evaluate retrieval.
@NullMarked
package dev.sartor.cli.index;

import org.jspecify.annotations.NullMarked;
