package dev.sartor.constrain.automaton;

/// Texts of so many characters: a counter beside the automaton of one character. Its states are numbers that nothing is
/// kept for.
public final class CharacterCount implements Steps {
    private final Automaton character;
    private final int least;
    private final int most;
    private final int last;

    /// @param character none of whose words begins another
    /// @param most {@link Expression.Repetition#UNBOUNDED} for no limit
    public CharacterCount(Automaton character, int least, int most) {
        this.character = character;
        this.least = least;
        this.most = most;
        boolean isOpen = most == Expression.Repetition.UNBOUNDED;
        this.last = isOpen ? least : most;
    }

    @Override
    public boolean accepts(int state) {
        return state % character.states() == 0 && state / character.states() >= least;
    }

    @Override
    public void forEachEdge(int state, Automaton.EdgeSink sink) {
        int count = state / character.states();
        if (count == last && most != Expression.Repetition.UNBOUNDED) {
            return;
        }
        int after = Math.min(last, count + 1) * character.states();
        character.forEachEdge(
                state % character.states(),
                (low, high, target) ->
                        sink.accept(
                                low,
                                high,
                                character.accepts(target)
                                        ? after
                                        : count * character.states() + target));
    }
}
