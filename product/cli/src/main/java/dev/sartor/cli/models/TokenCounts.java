package dev.sartor.cli.models;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.LongStream;

/// How many tokens the texts of a file have.
final class TokenCounts {
    private final long[] sorted;
    private final OptionalLong context;

    /// @param counts of each text; there is at least one
    TokenCounts(List<Integer> counts, OptionalLong context) {
        this.sorted = counts.stream().mapToLong(Integer::longValue).sorted().toArray();
        this.context = context;
    }

    /// The smallest count that at least this share of the texts does not exceed.
    private long quantile(double share) {
        return sorted[(int) Math.ceil(share * sorted.length) - 1];
    }

    Map<String, Object> fields() {
        var fields = new LinkedHashMap<String, Object>();
        fields.put("rows", sorted.length);
        fields.put("tokens", LongStream.of(sorted).sum());
        fields.put("min", sorted[0]);
        fields.put("median", quantile(0.5));
        fields.put("p95", quantile(0.95));
        fields.put("max", sorted[sorted.length - 1]);
        context.ifPresent(most -> {
            fields.put("context", most);
            fields.put("over_context", Arrays.stream(sorted).filter(n -> n > most).count());
        });
        return fields;
    }

    @Override
    public String toString() {
        var fields = fields();
        var text =
                String.format(
                        Locale.ROOT,
                        "%s rows, %s tokens; a row has %s to %s, half of them up to %s, 95 %% up to %s",
                        fields.get("rows"),
                        fields.get("tokens"),
                        fields.get("min"),
                        fields.get("max"),
                        fields.get("median"),
                        fields.get("p95"));
        return context.isPresent()
                ? text
                        + "; "
                        + fields.get("over_context")
                        + " are longer than the context of "
                        + context.getAsLong()
                : text;
    }
}
