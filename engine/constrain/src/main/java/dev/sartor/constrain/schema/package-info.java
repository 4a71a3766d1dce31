/// JSON Schemas turned into grammars. What could not be held is refused, never left out.
@NullMarked
package dev.sartor.constrain.schema;

import org.jspecify.annotations.NullMarked;
