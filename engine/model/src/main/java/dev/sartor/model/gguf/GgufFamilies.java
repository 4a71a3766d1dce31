package dev.sartor.model.gguf;

import dev.sartor.model.family.Families;
import dev.sartor.model.family.kind.DecoderFamily;
import dev.sartor.model.family.kind.EncoderDecoderFamily;
import dev.sartor.model.family.kind.EncoderFamily;
import dev.sartor.model.family.kind.Family;
import dev.sartor.model.family.kind.GgufEncoding;
import dev.sartor.model.family.kind.GgufTraits;
import java.util.Optional;

/// Finds families by what GGUF files call them, and how they stand there.
final class GgufFamilies {
    private GgufFamilies() {}

    /// Several families may share one architecture, as Llama and Mistral do: a window tells them apart.
    ///
    /// @param windowed whether the file's layers see a window only
    static Optional<Family> find(String architecture, boolean windowed) {
        var known =
                Families.all().stream()
                        .filter(family ->
                                family.ggufArchitecture().filter(architecture::equals).isPresent())
                        .toList();
        return known.stream()
                .filter(family -> isWindowed(family) == windowed)
                .findFirst()
                .or(() -> known.stream().findFirst());
    }

    private static boolean isWindowed(Family family) {
        return traits(family).filter(traits -> traits.windows().used()).isPresent();
    }

    /// How decoders stand there; empty for other kinds.
    static Optional<GgufTraits> traits(Family family) {
        return family instanceof DecoderFamily decoder ? decoder.gguf() : Optional.empty();
    }

    /// The same of a family's name in config.json.
    static Optional<GgufTraits> traits(String family) {
        return Families.named(family, DecoderFamily.class).flatMap(DecoderFamily::gguf);
    }

    /// How what encodes stands there; empty for decoders.
    static Optional<GgufEncoding> encoding(Family family) {
        return switch (family) {
            case DecoderFamily _ -> Optional.empty();
            case EncoderFamily encoder -> encoder.gguf();
            case EncoderDecoderFamily both -> both.gguf();
        };
    }
}
