package dev.sartor.compare;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// What was trained. It lies in the request's folder: an adapter as a PEFT directory, or a whole model.
///
/// @param parameters how many were trained
/// @param seconds all the training took, over all starts
/// @param validation the score at each measurement, by the epochs that were done
/// @param keptEpoch the epochs that were done where it scored best
/// @param said what the user should know, such as how many examples were too long; one sentence each
public record TunedAdapter(
        long parameters,
        double seconds,
        Map<Double, Double> validation,
        double keptEpoch,
        List<CurvePoint> curve,
        List<String> said) {
    public TunedAdapter {
        validation = Map.copyOf(validation);
        curve = List.copyOf(curve);
        said = List.copyOf(said);
    }

    /// With the score before the first step, as that of epoch 0.
    public TunedAdapter withBefore(double score) {
        var all = new HashMap<>(validation);
        all.put(0.0, score);
        return new TunedAdapter(parameters, seconds, all, keptEpoch, curve, said);
    }
}
