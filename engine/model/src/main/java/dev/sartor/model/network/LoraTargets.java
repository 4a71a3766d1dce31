package dev.sartor.model.network;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Matcher;

/// Which layers an adapter changes.
///
/// @param modules empty for what is usual in the family
/// @param excluded what is left as it is
/// @param layers numbers of the only layers that are changed; empty for all
/// @param layersPattern what stands before a layer's number in its path, such as `layers`; empty for anything
/// @param saved modules that the adapter holds whole, such as `score`: their paths end with one of these
public record LoraTargets(
        Optional<ModuleNames> modules,
        ModuleNames excluded,
        Optional<List<Integer>> layers,
        List<String> layersPattern,
        List<String> saved) {
    public LoraTargets {
        layers = layers.map(List::copyOf);
        layersPattern = List.copyOf(layersPattern);
        saved = List.copyOf(saved);
        layersPattern.forEach(pattern -> ModuleNames.pattern("layers_pattern", pattern));
    }

    public static LoraTargets of(ModuleNames modules) {
        return new LoraTargets(
                Optional.of(modules), ModuleNames.none(), Optional.empty(), List.of(), List.of());
    }

    /// The same with modules that are held whole.
    public LoraTargets saving(List<String> whole) {
        return new LoraTargets(modules, excluded, layers, layersPattern, whole);
    }

    /// @param linear whether it is a linear layer and no head
    /// @param usual what the network's architecture takes where nothing is named
    public boolean select(String module, boolean linear, Supplier<ModuleNames> usual) {
        if (excluded.name(module, false) || isWithinSaved(module)) {
            return false;
        }
        var names = modules.orElseGet(usual);
        return names.nameWhole(module)
                || (names.name(module, linear) && layers.map(n -> isOf(n, module)).orElse(true));
    }

    /// Whether the module, or one that it is in, is held whole.
    boolean save(String module) {
        for (int end = module.length(); end > 0; end = module.lastIndexOf('.', end - 1)) {
            if (saved.stream().anyMatch(module.substring(0, end)::endsWith)) {
                return true;
            }
        }
        return false;
    }

    private boolean isWithinSaved(String module) {
        return saved.stream().anyMatch(name -> ("." + module + ".").contains("." + name + "."));
    }

    private boolean isOf(List<Integer> numbers, String module) {
        return layersPattern.isEmpty()
                ? number(".*?\\.[^.]*", module).map(numbers::contains).orElse(false)
                : layersPattern.stream()
                        .flatMap(pattern -> number("(?:.*?\\.)?" + pattern, module).stream())
                        .findFirst()
                        .map(numbers::contains)
                        .orElse(false);
    }

    private static Optional<Integer> number(String before, String module) {
        return ModuleNames.matcher(
                        "layers_pattern", before + "\\.(\\d+)\\.", module, Matcher::lookingAt)
                .map(matcher -> Integer.valueOf(matcher.group(matcher.groupCount())));
    }
}
