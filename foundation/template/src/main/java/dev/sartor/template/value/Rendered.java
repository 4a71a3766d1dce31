package dev.sartor.template.value;

import java.util.List;

/// What a template made. A tokenizer takes a control token's text as that token only where {@link #touchesData} says no:
/// whatever a user wrote stays plain text, also where it only completes what the template began.
///
/// @param data the stretches that came from untrusted strings, sorted and apart from each other
public record Rendered(String text, List<Span> data) {
    public Rendered {
        data = List.copyOf(data);
    }

    /// Whether any character from `begin` to before `end` came from an untrusted string.
    public boolean touchesData(int begin, int end) {
        int low = 0;
        int high = data.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (data.get(middle).end() <= begin) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return begin < end && low < data.size() && data.get(low).begin() < end;
    }
}
