package dev.sartor.model;

import dev.sartor.tensor.Engine;
import dev.sartor.tensor.Tensor;
import dev.sartor.tensor.TensorScope;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/// The parameters that a network holds as plain tensors, each under the names that transformers gives its rows: one name
/// for most, several where layers are held as one matrix. What is held quantised is not among them. Closing frees all of
/// it. For the engine's thread.
public final class OwnTensors implements AutoCloseable {
    private final TensorScope owner;
    private final List<Tensor> leaves = new ArrayList<>();
    private final SequencedMap<String, Rows> rows = new LinkedHashMap<>();

    /// Where a named parameter stands.
    ///
    /// @param leaf the tensor that holds it
    /// @param from its first row there
    public record Rows(Tensor leaf, long from, long count) {
        /// The parameter itself, a view. Made in the scope that is open.
        public Tensor view() {
            return leaf.slice(0, from, count);
        }
    }

    OwnTensors(TensorScope owner) {
        this.owner = owner;
    }

    /// Owns everything, and what else belongs to the network.
    TensorScope owner() {
        return owner;
    }

    /// A tensor that is one parameter.
    Tensor leaf(String name, Tensor tensor) {
        rows.put(name, new Rows(leaf(tensor), 0, tensor.size(0)));
        return tensor;
    }

    /// A tensor whose rows are named by {@link #name}.
    Tensor leaf(Tensor tensor) {
        leaves.add(owner.adopt(tensor));
        return tensor;
    }

    void name(String name, Tensor leaf, long from, long count) {
        rows.put(name, new Rows(leaf, from, count));
    }

    /// Each tensor once.
    public List<Tensor> leaves() {
        return Collections.unmodifiableList(leaves);
    }

    /// In the order of loading.
    public SequencedMap<String, Rows> rows() {
        return Collections.unmodifiableSequencedMap(rows);
    }

    @Override
    public void close() {
        Engine.run(owner::close);
    }
}
