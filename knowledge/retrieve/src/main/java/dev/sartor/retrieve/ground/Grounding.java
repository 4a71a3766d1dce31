package dev.sartor.retrieve.ground;

import dev.sartor.core.Passage;
import dev.sartor.core.Question;
import java.util.List;

/// Puts passages into a question's prompt.
@FunctionalInterface
public interface Grounding {
    /// @param passages best first; may be empty
    Question ground(Question question, List<Passage> passages);
}
