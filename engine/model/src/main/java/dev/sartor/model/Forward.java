package dev.sartor.model;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/// One go through a decoder's blocks: which tokens, how far each of the model's ropes turns them, and what is snapped on.
public record Forward(Pass pass, Map<Rope, Rope.At> turns, Adapters adapters) {
    public static Forward of(Pass pass, List<Rope> ropes, Adapters adapters) {
        var turns =
                ropes.stream()
                        .collect(Collectors.toMap(Function.identity(), rope -> rope.at(pass)));
        return new Forward(pass, turns, adapters);
    }

    public Rope.At rotation(Rope rope) {
        return Optional.ofNullable(turns.get(rope)).orElseThrow();
    }
}
