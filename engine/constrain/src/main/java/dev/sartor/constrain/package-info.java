/// Answers held to a form while they are generated: which tokens may follow. {@link dev.sartor.constrain.Constraints}
/// prepares a form for a vocabulary. Nothing here uses java.util.regex, which has no bound.
@NullMarked
package dev.sartor.constrain;

import org.jspecify.annotations.NullMarked;
