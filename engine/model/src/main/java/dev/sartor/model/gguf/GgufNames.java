package dev.sartor.model.gguf;

import dev.sartor.model.family.Families;
import dev.sartor.model.family.kind.GgufNaming;
import dev.sartor.model.family.kind.GgufTraits;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.regex.Pattern;

/// Where the weights that transformers names stand in a GGUF file (gguf-py's tensor_mapping.py).
public final class GgufNames {
    /// @param expert which matrix of a tensor that holds all experts'
    public record Place(String tensor, OptionalInt expert) {}

    private static final Pattern EXPERT = Pattern.compile("mlp\\.experts\\.(\\d+)\\.(.+)");
    private static final Pattern LAYER = Pattern.compile("(\\d+)\\.(.+)\\.(weight|bias)");
    private static final Pattern OTHER = Pattern.compile("(.+)\\.(weight|bias)");
    private static final Map<String, String> EXPERTS =
            Map.of(
                    "gate_proj", "ffn_gate_exps",
                    "up_proj", "ffn_up_exps",
                    "down_proj", "ffn_down_exps");

    private final Function<String, Place> places;

    private GgufNames(Function<String, Place> places) {
        this.places = places;
    }

    /// @param family transformers' model type; one without names in GGUF keeps its own
    public static GgufNames of(String family) {
        var known = Families.named(family);
        var naming = known.flatMap(GgufFamilies::traits).map(GgufTraits::naming);
        if (naming.isPresent()) {
            return new GgufNames(name -> place(naming.get(), name));
        }
        var encoding = known.flatMap(GgufFamilies::encoding);
        return new GgufNames(name -> whole(encoding.map(e -> e.tensor(name)).orElse(name)));
    }

    /// A name that GGUF has no word for stays as it is.
    public Place place(String name) {
        return places.apply(name);
    }

    private static Place whole(String tensor) {
        return new Place(tensor, OptionalInt.empty());
    }

    private static Place place(GgufNaming naming, String name) {
        if (name.startsWith(naming.path())) {
            var layer = LAYER.matcher(name.substring(naming.path().length()));
            if (layer.matches()) {
                return inLayer(
                        naming,
                        "blk." + layer.group(1) + ".",
                        layer.group(2),
                        "." + layer.group(3));
            }
        }
        var other = OTHER.matcher(name);
        return whole(
                other.matches() && naming.whole().containsKey(other.group(1))
                        ? naming.whole().get(other.group(1)) + "." + other.group(2)
                        : name);
    }

    private static Place inLayer(GgufNaming naming, String block, String module, String kind) {
        var expert = EXPERT.matcher(module);
        if (expert.matches()) {
            var tensor = EXPERTS.getOrDefault(expert.group(2), expert.group(2));
            return new Place(
                    block + tensor + kind, OptionalInt.of(Integer.parseInt(expert.group(1))));
        }
        return whole(block + naming.inLayer().getOrDefault(module, module) + kind);
    }
}
