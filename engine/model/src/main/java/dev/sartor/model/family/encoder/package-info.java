/// One file for each architecture that sees a whole text at once, encoder-decoders among them, with all that is known of it.
/// As in `model.family`, a new one is a file and a line in its list of architectures.
@NullMarked
package dev.sartor.model.family.encoder;

import org.jspecify.annotations.NullMarked;
