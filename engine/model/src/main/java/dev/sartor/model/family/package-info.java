/// One file for each decoder architecture, with all that is known of it: settings, names, blocks, sizes, its form in GGUF
/// files. {@link dev.sartor.model.family.Families} is the one list of all architectures: a new one is one file and one line
/// there. Encoders are in `model.family.encoder`.
@NullMarked
package dev.sartor.model.family;

import org.jspecify.annotations.NullMarked;
