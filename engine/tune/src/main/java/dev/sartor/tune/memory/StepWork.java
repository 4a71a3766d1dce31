package dev.sartor.tune.memory;

import dev.sartor.model.network.Decoder;

/// How many operations tokens need, in billions, by formula.
///
/// @param linear weights of linear layers, the head left out
/// @param head weights that turn states into logits
/// @param adapter weights that are trained
/// @param attention layers × heads × head width
public record StepWork(double linear, double head, double adapter, double attention) {
    /// For the engine's thread.
    ///
    /// @param adapter how many parameters an adapter has
    public static StepWork of(Decoder decoder, long adapter) {
        return new StepWork(
                decoder.linears().stream().mapToLong(each -> each.weight().count()).sum(),
                decoder.heads().stream().mapToLong(each -> each.weight().count()).sum(),
                adapter,
                (double) decoder.layers() * decoder.queryHeads() * decoder.headWidth());
    }

    /// Of a step: two for each weight of a linear layer forwards and two backwards (frozen weights need no gradient of
    /// their own), the same for the head where something is learned, 6 for each weight of an adapter (two forwards, four
    /// backwards), and four times heads × head width × length for scores and sums forwards, twice as many backwards, of
    /// which a causal mask needs half.
    public double training(double tokens, double learned, double length) {
        return (tokens * (4 * linear + 6 * adapter + 12.0 / 2 * attention * length)
                        + learned * 4 * head)
                / 1e9;
    }

    /// Forwards alone.
    ///
    /// @param predicted tokens whose next one is asked for
    double reading(double tokens, double predicted, double length) {
        return (tokens * (2 * linear + 2 * adapter + 4.0 / 2 * attention * length)
                        + predicted * 2 * head)
                / 1e9;
    }
}
