package dev.sartor.curate.look;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;

/// What there is to see in rows.
///
/// @param rows how many could be read
/// @param sampled how many of them were looked at for lengths in tokens, the map and unusual rows; all others are counted alone
/// @param duplicates rows whose text an earlier row has, but for case, space and punctuation
/// @param contradictions texts that stand with different labels, at most 20 of them
/// @param notes what whoever looks should know
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Look(
        List<FileRows> files,
        @JsonInclude long rows,
        @JsonInclude int sampled,
        List<Field> fields,
        Spread characters,
        Spread words,
        Spread tokens,
        List<LabelCount> labels,
        @JsonInclude long duplicates,
        List<Contradiction> contradictions,
        List<Unusual> unusual,
        List<Point> map,
        List<String> notes) {
    public Look {
        files = List.copyOf(files);
        fields = List.copyOf(fields);
        labels = List.copyOf(labels);
        contradictions = List.copyOf(contradictions);
        unusual = List.copyOf(unusual);
        map = List.copyOf(map);
        notes = List.copyOf(notes);
    }

    /// One file.
    public record FileRows(String file, int rows, int unreadable) {}

    /// One field of the rows.
    ///
    /// @param rows how many have it, with a value
    /// @param kinds of its values, such as text, number, list
    /// @param distinct values, counted up to 1,000
    /// @param example the first value, cut
    public record Field(String name, long rows, List<String> kinds, int distinct, String example) {
        public Field {
            kinds = List.copyOf(kinds);
        }
    }

    /// How numbers are spread. All are 0 where there is none.
    ///
    /// @param bins how many of the numbers are in each of 24 bins of equal width, from the least to the 99th percentile; the last one
    ///     takes in those above
    public record Spread(
            double least,
            double p5,
            double median,
            double p95,
            double p99,
            double most,
            List<Long> bins) {
        public Spread {
            bins = List.copyOf(bins);
        }
    }

    /// How many rows have the label.
    public record LabelCount(String label, long rows) {}

    /// One text, and its labels.
    public record Contradiction(String text, List<String> labels, List<String> places) {
        public Contradiction {
            labels = List.copyOf(labels);
            places = List.copyOf(places);
        }
    }

    /// A row that is far from the rest.
    ///
    /// @param similarity to its nearest row of the sample, a cosine
    public record Unusual(String place, String text, double similarity) {}

    /// A row on the map.
    ///
    /// @param x from -1 to 1, along the first principal component; y along the second
    public record Point(double x, double y, String label, String text) {}
}
