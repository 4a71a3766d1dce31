/// What answers are worth: profit a month with its interval, break-even, payback, and the inputs that the ranking hangs on. It knows
/// right, wrong and left answers and what they cost; where these come from, and how they are shown, is not here.
@NullMarked
package dev.sartor.worth;

import org.jspecify.annotations.NullMarked;
