/// Several sets of rows as one to train on: how many rows each of them gives, and which.
@NullMarked
package dev.sartor.curate.mix;

import org.jspecify.annotations.NullMarked;
