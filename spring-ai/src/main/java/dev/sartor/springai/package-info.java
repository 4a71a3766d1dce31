/// Standing indexes for applications that use Spring AI, 2.0 or newer.
@NullMarked
package dev.sartor.springai;

import org.jspecify.annotations.NullMarked;
