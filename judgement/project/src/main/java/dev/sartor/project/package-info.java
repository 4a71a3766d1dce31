/// A project as `sartor.yaml` states it, checked as a whole. What is done with it is in the room `compare`.
@NullMarked
package dev.sartor.project;

import org.jspecify.annotations.NullMarked;
