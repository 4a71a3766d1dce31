/// The card of a data set: Datasheets for Datasets (Gebru et al. 2021) with the front matter that a hub reads, from what was counted;
/// what only people know is asked, and stays marked until it is answered.
@NullMarked
package dev.sartor.curate.card;

import org.jspecify.annotations.NullMarked;
