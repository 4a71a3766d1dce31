/// Where answers over documents went wrong.
@NullMarked
package dev.sartor.compare.failure;

import org.jspecify.annotations.NullMarked;
