package dev.sartor.cli.adapter;

import dev.sartor.generate.AdapterResponders;
import dev.sartor.model.adapter.AdapterVersion;
import java.nio.file.Path;
import java.util.function.Consumer;

/// What attaching asks of the model that adapters are for.
///
/// @param refuseUnfit throws a user's error where the adapter of a folder could not answer
/// @param forget lets the slot of a version that nobody asks for any more make room first
/// @param mostBytes of a file of weights
public record Slots(Consumer<Path> refuseUnfit, Consumer<AdapterVersion> forget, long mostBytes) {
    public static Slots of(AdapterResponders pool) {
        return new Slots(pool::refuseUnfit, pool::forget, pool.mostFileBytes());
    }
}
