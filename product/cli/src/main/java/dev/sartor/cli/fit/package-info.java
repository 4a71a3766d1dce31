/// The commands of the main job: quickstart, init, check, compare, evaluate, tune.
@NullMarked
package dev.sartor.cli.fit;

import org.jspecify.annotations.NullMarked;
