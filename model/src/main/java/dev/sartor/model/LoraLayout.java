package dev.sartor.model;

import dev.sartor.core.SartorException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// Which layers of a network an adapter changes, and where each of its matrices stands in one flat array: for each
/// {@link Linear} the A of all its parts as one [Σ rank, in], then each part's B [out, rank].
public final class LoraLayout {
    /// @param rank columns of B and rows of A
    /// @param scale what B·A is multiplied by
    public record Shape(int rank, double scale) {}

    /// @param row where the part's output begins in its linear's
    record Part(String module, int row, int out, int rank, double scale) {}

    /// @param offset where its A begins in the flat array
    record Slot(Linear linear, List<Part> parts, long offset) {
        int ranks() {
            return parts.stream().mapToInt(Part::rank).sum();
        }

        long parameters() {
            return (long) ranks() * linear.in()
                    + parts.stream().mapToLong(p -> (long) p.out() * p.rank()).sum();
        }

        /// Whether the parts' outputs are all of the linear's.
        boolean isWhole() {
            return parts.size() == linear.parts().size();
        }
    }

    private final List<Slot> slots = new ArrayList<>();
    private final long parameters;

    private LoraLayout(Network network, Function<String, Optional<Shape>> shapes) {
        long offset = 0;
        for (var linear : network.linears()) {
            var parts = new ArrayList<Part>();
            int row = 0;
            for (var part : linear.parts()) {
                int at = row;
                shapes.apply(part.module())
                        .ifPresent(s ->
                                parts.add(
                                        new Part(
                                                part.module(),
                                                at,
                                                part.out(),
                                                s.rank(),
                                                s.scale())));
                row += part.out();
            }
            if (!parts.isEmpty()) {
                slots.add(new Slot(linear, List.copyOf(parts), offset));
                offset += slots.getLast().parameters();
            }
        }
        parameters = offset;
        if (slots.isEmpty()) {
            throw SartorException.user(
                    "the adapter's target_modules name no linear layer of this model, whose layers are "
                            + network.linears().getFirst().parts().getFirst().module()
                            + " and so on");
        }
    }

    /// @param shapes the rank and scale for each module path; empty for those left as they are
    public static LoraLayout of(Network network, Function<String, Optional<Shape>> shapes) {
        return new LoraLayout(network, shapes);
    }

    /// Every linear layer but the head, at one rank.
    public static LoraLayout everywhere(Network network, int rank, double scale) {
        return of(network, _ -> Optional.of(new Shape(rank, scale)));
    }

    public long parameters() {
        return parameters;
    }

    /// The module paths that are changed.
    public List<String> modules() {
        return parts().stream().map(Part::module).toList();
    }

    List<Part> parts() {
        return slots.stream().flatMap(slot -> slot.parts().stream()).toList();
    }

    List<Slot> slots() {
        return List.copyOf(slots);
    }
}
