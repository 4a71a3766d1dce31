/// Language models that answer: messages in, text out. How rows share passes is in `generate.schedule`, what may be
/// said in the room `constrain`.
@NullMarked
package dev.sartor.generate;

import org.jspecify.annotations.NullMarked;
