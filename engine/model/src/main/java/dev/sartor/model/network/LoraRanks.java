package dev.sartor.model.network;

import dev.sartor.core.Problems;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// Rank and scale of each adapted layer, as PEFT's LoraConfig gives them: B·A is multiplied by alpha / rank (Hu et al.
/// 2021), or by alpha / √rank where stabilised (Kalajdzievski 2023).
///
/// @param rankPattern ranks of their own: a key is a regular expression that the layer's path is, or ends with after a
///     dot; the first that matches counts
/// @param alphaPattern alphas of their own, likewise
public record LoraRanks(
        int rank,
        double alpha,
        boolean stabilised,
        Map<String, Integer> rankPattern,
        Map<String, Double> alphaPattern) {
    public LoraRanks {
        rankPattern = Collections.unmodifiableMap(new LinkedHashMap<>(rankPattern));
        alphaPattern = Collections.unmodifiableMap(new LinkedHashMap<>(alphaPattern));
        check(rank);
        rankPattern.values().forEach(LoraRanks::check);
        rankPattern.keySet().forEach(key -> ModuleNames.pattern("rank_pattern", key));
        alphaPattern.keySet().forEach(key -> ModuleNames.pattern("alpha_pattern", key));
    }

    private static void check(int rank) {
        Problems.refuseUnless(
                rank >= 1 && rank <= 65536, "an adapter's rank", "1 to 65536", rank, "16 is usual");
    }

    /// The same everywhere.
    public static LoraRanks of(int rank, double alpha) {
        return new LoraRanks(rank, alpha, false, Map.of(), Map.of());
    }

    /// The highest that any layer has.
    public int highest() {
        return rankPattern.values().stream().reduce(rank, Math::max);
    }

    public LoraLayout.Shape of(String module) {
        int r = first("rank_pattern", rankPattern, module).orElse(rank);
        double a = first("alpha_pattern", alphaPattern, module).orElse(alpha);
        return new LoraLayout.Shape(r, stabilised ? a / Math.sqrt(r) : a / r);
    }

    private static <T> Optional<T> first(String setting, Map<String, T> patterns, String module) {
        return patterns.entrySet().stream()
                .filter(entry ->
                        ModuleNames.matches(setting, "(.*\\.)?(" + entry.getKey() + ")", module))
                .map(Map.Entry::getValue)
                .findFirst();
    }
}
