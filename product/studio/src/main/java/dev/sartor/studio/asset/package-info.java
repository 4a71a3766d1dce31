/// Styles and scripts, ours and those of libraries, under names that change with what is in them.
@NullMarked
package dev.sartor.studio.asset;

import org.jspecify.annotations.NullMarked;
