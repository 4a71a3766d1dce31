/// What a training minimises, one class for each objective, and what it changes. A new objective is one file here.
@NullMarked
package dev.sartor.tune.objective;

import org.jspecify.annotations.NullMarked;
