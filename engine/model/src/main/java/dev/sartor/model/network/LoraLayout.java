package dev.sartor.model.network;

import dev.sartor.core.SartorException;
import dev.sartor.model.Embedding;
import dev.sartor.model.Linear;
import dev.sartor.tensor.Tensor;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;

/// Which layers of a network an adapter changes, and where each of its tensors stands in one flat array: for each
/// {@link Linear} the A of all its parts as one [Σ rank, in], then each part's B [out, rank], then, in DoRA, each part's
/// magnitudes [out]; then the tables' likewise; then the parameters that it holds whole.
public final class LoraLayout {
    public static final String PREFIX = "base_model.model.";

    /// @param rank columns of B and rows of A
    /// @param scale what B·A is multiplied by
    public record Shape(int rank, double scale) {}

    /// @param row where the part's output begins in its linear's
    public record Part(String module, int row, int out, int rank, double scale) {
        String key(String name) {
            return PREFIX + module + "." + name;
        }
    }

    /// @param offset where its A begins in the flat array
    public record Slot(Linear linear, List<Part> parts, long offset) {
        int ranks() {
            return parts.stream().mapToInt(Part::rank).sum();
        }

        /// Whether the parts' outputs are all of the linear's.
        boolean isWhole() {
            return parts.size() == linear.parts().size();
        }
    }

    /// An adapted table.
    public record TableSlot(Embedding table, Shape shape) {
        String key(String name) {
            return PREFIX + table.module() + "." + name;
        }
    }

    /// A parameter that is replaced.
    public record Whole(String key, ParameterPlace place) {}

    /// One tensor as PEFT stores it.
    public record Piece(List<Long> shape, long offset) {
        long count() {
            return shape.stream().reduce(1L, (a, b) -> a * b);
        }
    }

    private final LoraSettings settings;
    private final Supplier<ModuleNames> usual;
    private final List<Slot> slots = new ArrayList<>();
    private final List<TableSlot> tables = new ArrayList<>();
    private final List<Whole> wholes;
    private final SequencedMap<String, Piece> pieces = new LinkedHashMap<>();
    private long parameters;

    private LoraLayout(
            Network network,
            LoraSettings settings,
            Function<Predicate<String>, List<Whole>> replaced) {
        this.settings = settings;
        var names = network.names();
        var family = network.config().family();
        this.usual = () -> names.usual(family);
        network.linears().forEach(linear -> add(linear, true));
        network.heads().forEach(head -> add(head, false));
        network.embeddings().forEach(this::add);
        this.wholes = List.copyOf(replaced.apply(Set.copyOf(modules())::contains));
        wholes.forEach(whole -> piece(whole.key(), whole.place().shape()));
    }

    /// As training begins it. Any thread, unless tables or whole modules are adapted.
    ///
    /// @throws SartorException a user's error when nothing is selected
    public static LoraLayout of(Network network, LoraSettings settings) {
        var places = ParameterPlaces.of(network);
        var layout = new LoraLayout(network, settings, adapted -> places.wholes(settings, adapted));
        if (layout.pieces.isEmpty()) {
            throw SartorException.user(
                    "the adapter's target_modules name no linear layer of this model, whose layers are "
                            + network.linears().getFirst().parts().getFirst().module()
                            + " and so on");
        }
        return layout;
    }

    /// As it was stored.
    ///
    /// @param keys the stored tensors' names
    public static LoraLayout stored(Network network, LoraSettings settings, Set<String> keys) {
        var places = ParameterPlaces.of(network);
        return new LoraLayout(network, settings, _ -> places.stored(keys));
    }

    /// Every linear layer but the head, at one rank.
    public static LoraLayout everywhere(Network network, int rank, double scale) {
        return of(
                network,
                LoraSettings.plain(
                        LoraTargets.of(new ModuleNames.AllLinear()),
                        LoraRanks.of(rank, scale * rank)));
    }

    private void add(Linear linear, boolean inner) {
        var parts = new ArrayList<Part>();
        int row = 0;
        for (var part : linear.parts()) {
            if (settings.targets().select(part.module(), inner, usual)) {
                var shape = settings.ranks().of(part.module());
                parts.add(new Part(part.module(), row, part.out(), shape.rank(), shape.scale()));
            }
            row += part.out();
        }
        if (parts.isEmpty()) {
            return;
        }
        slots.add(new Slot(linear, List.copyOf(parts), parameters));
        parts.forEach(part -> piece(part.key("lora_A.weight"), part.rank(), linear.in()));
        parts.forEach(part -> piece(part.key("lora_B.weight"), part.out(), part.rank()));
        if (settings.dora()) {
            parts.forEach(part -> piece(part.key("lora_magnitude_vector"), part.out()));
        }
    }

    private void add(Embedding table) {
        if (!settings.targets().select(table.module(), false, usual)) {
            return;
        }
        var slot = new TableSlot(table, settings.ranks().of(table.module()));
        tables.add(slot);
        long width = table.table().width();
        piece(slot.key("lora_embedding_A"), slot.shape().rank(), table.table().entries());
        piece(slot.key("lora_embedding_B"), width, slot.shape().rank());
        if (settings.dora()) {
            piece(slot.key("lora_magnitude_vector"), width);
        }
    }

    private void piece(String key, long... shape) {
        var sizes = new ArrayList<Long>();
        for (long size : shape) {
            sizes.add(size);
        }
        var piece = new Piece(List.copyOf(sizes), parameters);
        pieces.put(key, piece);
        parameters += piece.count();
    }

    public LoraSettings settings() {
        return settings;
    }

    public long parameters() {
        return parameters;
    }

    /// The paths of the layers that are changed by low rank.
    public List<String> modules() {
        var modules = new ArrayList<>(parts().stream().map(Part::module).toList());
        tables.forEach(slot -> modules.add(slot.table().module()));
        return modules;
    }

    public List<Part> parts() {
        return slots.stream().flatMap(slot -> slot.parts().stream()).toList();
    }

    public List<Slot> slots() {
        return List.copyOf(slots);
    }

    public List<TableSlot> tables() {
        return List.copyOf(tables);
    }

    public List<Whole> wholes() {
        return wholes;
    }

    /// By PEFT's keys, in the order of the flat array.
    public SequencedMap<String, Piece> pieces() {
        return Collections.unmodifiableSequencedMap(pieces);
    }

    /// A stretch of the flat array.
    ///
    /// @param matrices whether what stands there are matrices; magnitudes and biases otherwise
    public record Run(long offset, long count, boolean matrices) {}

    /// The flat array in as few stretches as hold nothing but matrices, or none.
    public List<Run> runs() {
        var runs = new ArrayList<Run>();
        for (var piece : pieces.values()) {
            boolean matrix = piece.shape().size() > 1;
            var last = runs.isEmpty() ? null : runs.getLast();
            if (last != null && last.matrices() == matrix) {
                runs.set(
                        runs.size() - 1,
                        new Run(last.offset(), last.count() + piece.count(), matrix));
            } else {
                runs.add(new Run(piece.offset(), piece.count(), matrix));
            }
        }
        return runs;
    }

    /// A flat array of this layout, piece by piece under PEFT's keys; made in the scope that is open.
    public SequencedMap<String, Tensor> views(Tensor flat) {
        var views = new LinkedHashMap<String, Tensor>();
        pieces.forEach((key, piece) -> {
            long[] shape = piece.shape().stream().mapToLong(Long::longValue).toArray();
            views.put(key, flat.slice(0, piece.offset(), piece.count()).view(shape));
        });
        return views;
    }

    /// The place behind the last of what is adapted of these linears; 0 where nothing is.
    long behind(Set<Linear> linears) {
        for (int i = slots.size(); i > 0; i--) {
            if (linears.contains(slots.get(i - 1).linear())) {
                return i < slots.size() ? slots.get(i).offset() : parameters;
            }
        }
        return 0;
    }

    Piece piece(String key) {
        return Optional.ofNullable(pieces.get(key)).orElseThrow();
    }
}
