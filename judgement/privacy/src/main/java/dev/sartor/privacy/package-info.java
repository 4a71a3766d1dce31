/// What a tuned adapter gives away of the rows that it learned from, measured by attacks of the literature: exposure of canaries,
/// membership inference, verbatim overlap, secrets and personal data. How rows are read and trainings run is the business of others;
/// a model is known by its likelihoods and by what it says.
@NullMarked
package dev.sartor.privacy;

import org.jspecify.annotations.NullMarked;
