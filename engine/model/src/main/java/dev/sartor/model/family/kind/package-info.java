/// What an architecture is: a decoder, an encoder or both in a row, and what each carries of itself. The architectures
/// themselves are in `model.family` and `model.family.encoder`.
@NullMarked
package dev.sartor.model.family.kind;

import org.jspecify.annotations.NullMarked;
