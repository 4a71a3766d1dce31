/// From one word to tokens: BPE, unigram, WordPiece, and their vocabularies.
@NullMarked
package dev.sartor.tokenizer.subword;

import org.jspecify.annotations.NullMarked;
