package dev.sartor.compare;

import java.util.List;
import java.util.Map;

/// A trained adapter, which lies in the request's folder as a PEFT directory.
///
/// @param parameters how many were trained
/// @param seconds all the training took, over all starts
/// @param validation the score after each epoch, by its number from 1
/// @param keptEpoch the epoch that scored best
/// @param said what the user should know, such as how many examples were too long; one sentence each
public record TunedAdapter(
        long parameters,
        double seconds,
        Map<Integer, Double> validation,
        int keptEpoch,
        List<CurvePoint> curve,
        List<String> said) {
    public TunedAdapter {
        validation = Map.copyOf(validation);
        curve = List.copyOf(curve);
        said = List.copyOf(said);
    }
}
