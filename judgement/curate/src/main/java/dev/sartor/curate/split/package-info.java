/// Splits of rows into training, validation and test: at random, stratified by label, by group, by time; rows that belong
/// together (a group's, near-duplicates) stand on one side. Knows numbers of rows, labels, groups and times alone.
@NullMarked
package dev.sartor.curate.split;

import org.jspecify.annotations.NullMarked;
