package dev.sartor.curate.leak;

import java.util.List;
import java.util.stream.IntStream;

/// A long text in parts that overlap, so that whatever is looked for stands whole in one of them.
final class Windows {
    private static final int LENGTH = 16_384;
    private static final int OVERLAP = 2 * Containment.LONGEST_PART;

    private Windows() {}

    static List<String> of(String text) {
        int step = LENGTH - OVERLAP;
        int count = Math.max(1, Math.ceilDiv(text.length() - OVERLAP, step));
        return IntStream.range(0, count)
                .mapToObj(i -> text.substring(i * step, Math.min(text.length(), i * step + LENGTH)))
                .toList();
    }
}
