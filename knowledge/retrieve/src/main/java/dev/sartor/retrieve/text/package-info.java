/// Text as a search compares it: words by language, passages cut from documents, sentences checked against passages and
/// for injections.
@Door
@NullMarked
package dev.sartor.retrieve.text;

import dev.sartor.core.Door;
import org.jspecify.annotations.NullMarked;
