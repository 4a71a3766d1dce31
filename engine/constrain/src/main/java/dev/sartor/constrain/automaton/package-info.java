/// Regular expressions as bounded deterministic automata over bytes, and grammars of automata that call each other.
@NullMarked
package dev.sartor.constrain.automaton;

import org.jspecify.annotations.NullMarked;
