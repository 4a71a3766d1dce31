/// Candidates that answer together: a cheap one where it is sure, a dearer one the rest (FrugalGPT, Chen et al. 2023).
@NullMarked
package dev.sartor.compare.cascade;

import org.jspecify.annotations.NullMarked;
