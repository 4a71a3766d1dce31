/// The keys of the project file as records, how they are read from YAML, and what refuses them.
@Door
@NullMarked
package dev.sartor.project.setting;

import dev.sartor.core.Door;
import org.jspecify.annotations.NullMarked;
