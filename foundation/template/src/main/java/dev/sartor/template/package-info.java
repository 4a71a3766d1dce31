/// Chat templates in the Jinja subset that models come with: a {@link dev.sartor.template.Template} is read once and
/// rendered any number of times. What a conversation becomes as tokens belongs to `tokenizer` and `generate`.
@NullMarked
package dev.sartor.template;

import org.jspecify.annotations.NullMarked;
