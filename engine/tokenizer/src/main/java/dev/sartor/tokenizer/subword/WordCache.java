package dev.sartor.tokenizer.subword;

import dev.sartor.tokenizer.text.AlignedText;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Function;

/// Remembers the tokens of words met before, in a fixed number of places; a newer word takes an older one's place.
/// Thread-safe.
final class WordCache {
    /// Longer words are not kept.
    static final int LONGEST = 48;

    private static final int PLACES = 1 << 15;

    private record Entry(String word, Pieces pieces) {}

    private final AtomicReferenceArray<Optional<Entry>> places = new AtomicReferenceArray<>(PLACES);

    WordCache() {
        for (int i = 0; i < PLACES; i++) {
            places.setPlain(i, Optional.empty());
        }
    }

    Pieces get(AlignedText word, Function<String, Pieces> compute) {
        if (word.length() > LONGEST) {
            return compute.apply(word.text());
        }
        int place = (word.textHash() * 0x9E3779B9) >>> 17;
        var entry = places.getAcquire(place);
        if (entry.isPresent() && word.isText(entry.get().word())) {
            return entry.get().pieces();
        }
        var text = word.text();
        var pieces = compute.apply(text);
        places.setRelease(place, Optional.of(new Entry(text, pieces)));
        return pieces;
    }
}
