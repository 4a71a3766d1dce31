/// Where prompts come from that a search tries: rewrites by an expert's rules, words that training examples have in common, sets of solved
/// examples, their order, and reflection by a model. Nothing here decides which is best.
@NullMarked
package dev.sartor.promptsearch.proposal;

import org.jspecify.annotations.NullMarked;
