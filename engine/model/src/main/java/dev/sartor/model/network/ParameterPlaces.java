package dev.sartor.model.network;

import dev.sartor.model.Linear;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/// Where a network's parameters stand, by the names that transformers gives them.
public final class ParameterPlaces {
    /// PEFT puts a wrapper around a layer that is adapted, and the layer itself under `base_layer`.
    private static final Pattern KEY =
            Pattern.compile(
                    Pattern.quote(LoraLayout.PREFIX) + "(.+?)(\\.base_layer)?\\.(weight|bias)");

    private final Map<String, ParameterPlace> places = new LinkedHashMap<>();

    private ParameterPlaces(Network network) {
        network.linears().forEach(this::add);
        network.heads().forEach(this::add);
        for (var table : network.embeddings()) {
            places.put(table.module() + ".weight", new ParameterPlace.Table(table));
        }
    }

    public static ParameterPlaces of(Network network) {
        return new ParameterPlaces(network);
    }

    private void add(Linear linear) {
        for (int i = 0; i < linear.parts().size(); i++) {
            var module = linear.parts().get(i).module();
            places.put(module + ".weight", new ParameterPlace.Weight(linear, i));
            if (linear.bias().isPresent()) {
                places.put(module + ".bias", new ParameterPlace.Bias(linear, i));
            }
        }
    }

    public Optional<ParameterPlace> at(String name) {
        return Optional.ofNullable(places.get(name));
    }

    /// The parameters that stored tensors replace; those of other names are left out.
    List<LoraLayout.Whole> stored(Set<String> keys) {
        var wholes = new ArrayList<LoraLayout.Whole>();
        for (var key : keys) {
            var parts = KEY.matcher(key);
            if (parts.matches()) {
                at(parts.group(1) + "." + parts.group(3))
                        .ifPresent(place -> wholes.add(new LoraLayout.Whole(key, place)));
            }
        }
        return wholes;
    }

    /// The parameters that an adapter holds by its settings.
    ///
    /// @param adapted the modules that are changed by low rank
    public List<LoraLayout.Whole> wholes(LoraSettings settings, Predicate<String> adapted) {
        var wholes = new ArrayList<LoraLayout.Whole>();
        places.forEach((name, place) -> {
            int end = name.lastIndexOf('.');
            var module = name.substring(0, end);
            var wrapper = adapted.test(module) ? module + ".base_layer" : module;
            if (settings.targets().save(module)
                    || (place instanceof ParameterPlace.Bias
                            && replaces(settings.biases(), adapted.test(module)))) {
                var key = LoraLayout.PREFIX + wrapper + name.substring(end);
                wholes.add(new LoraLayout.Whole(key, place));
            }
        });
        return wholes;
    }

    private static boolean replaces(LoraSettings.Biases biases, boolean adapted) {
        return switch (biases) {
            case NONE -> false;
            case LORA_ONLY -> adapted;
            case ALL -> true;
        };
    }
}
