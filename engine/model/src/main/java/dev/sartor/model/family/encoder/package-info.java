/// One file for each architecture that sees a whole text at once, encoder-decoders among them. As in `model.family`, a
/// new one is a file and a line.
@NullMarked
package dev.sartor.model.family.encoder;

import org.jspecify.annotations.NullMarked;
