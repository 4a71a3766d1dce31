/// What it takes to forget rows: the record of what was forgotten, the sets that were made of other files, and the texts to look for.
@NullMarked
package dev.sartor.curate.forget;

import org.jspecify.annotations.NullMarked;
