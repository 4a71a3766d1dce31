package dev.sartor.tune;

import dev.sartor.tokenizer.Tokenizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/// Whole texts as rows of a bounded length. Neighbouring windows share one token, so that every token but a text's first is
/// learned once.
///
/// @param most tokens of a row, at least 2
public record TextWindows(Tokenizer tokenizer, int most) {
    /// Its tokens, and behind them the one that ends a text.
    public List<TrainingRow> of(String text) {
        var end = tokenizer.settings().ends().stream().limit(1).mapToInt(Integer::intValue);
        var ids = IntStream.concat(Arrays.stream(tokenizer.encode(text, true)), end).toArray();
        return cut(ids);
    }

    public List<TrainingRow> cut(int[] ids) {
        var rows = new ArrayList<TrainingRow>();
        for (int from = 0; from + 1 < ids.length; from += most - 1) {
            rows.add(
                    TrainingRow.text(
                            Arrays.copyOfRange(ids, from, Math.min(ids.length, from + most))));
        }
        return rows;
    }
}
