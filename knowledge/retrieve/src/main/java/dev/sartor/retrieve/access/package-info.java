/// The access filter inside the index, and the second look before a passage is shown.
@NullMarked
package dev.sartor.retrieve.access;

import org.jspecify.annotations.NullMarked;
