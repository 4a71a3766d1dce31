package dev.sartor.constrain.automaton;

/// A deterministic automaton, however its states are kept; state 0 starts.
interface Steps {
    boolean accepts(int state);

    /// Runs of letters and their targets, in the letters' order.
    void forEachEdge(int state, Automaton.EdgeSink sink);
}
