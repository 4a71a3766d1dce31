/// The access filter inside the index, the second look before a passage is shown, and the folder that its owner alone reads.
@NullMarked
package dev.sartor.retrieve.access;

import org.jspecify.annotations.NullMarked;
