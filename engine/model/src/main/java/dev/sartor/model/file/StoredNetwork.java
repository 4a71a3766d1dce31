package dev.sartor.model.file;

import dev.sartor.model.family.Families;
import dev.sartor.model.network.Decoder;
import dev.sartor.model.network.Network;
import dev.sartor.tensor.TensorScope;
import dev.sartor.weights.safetensors.Safetensors;
import dev.sartor.weights.safetensors.SafetensorsWriter;
import java.nio.file.Path;
import java.util.TreeMap;

/// A network's own weights as transformers stores them.
public final class StoredNetwork {
    private StoredNetwork() {}

    /// Writes model.safetensors, in the type that the network computes in. For the engine's thread.
    ///
    /// @param network whose weights are all held as plain numbers
    public static void write(Path folder, Network network) {
        try (var _ = TensorScope.open()) {
            var entries = new TreeMap<String, Safetensors.Entry>();
            network.own()
                    .rows()
                    .forEach((name, rows) -> {
                        var own = rows.view();
                        var stored =
                                network instanceof Decoder
                                        ? Families.decoder(network.config()).stored(name, own)
                                        : own;
                        entries.put(name, Safetensors.Entry.of(stored));
                    });
            SafetensorsWriter.write(folder.resolve(Safetensors.SINGLE), entries);
        }
    }
}
