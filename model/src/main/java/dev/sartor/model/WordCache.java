package dev.sartor.model;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Function;

/// Remembers the tokens of words met before, in a fixed number of places; a newer word takes an older one's place.
/// Thread-safe.
final class WordCache {
    private static final int PLACES = 1 << 15;
    private static final int LONGEST = 48;

    private record Entry(String word, Pieces pieces) {}

    private final AtomicReferenceArray<Optional<Entry>> places = new AtomicReferenceArray<>(PLACES);

    WordCache() {
        for (int i = 0; i < PLACES; i++) {
            places.setPlain(i, Optional.empty());
        }
    }

    Pieces get(String word, Function<String, Pieces> compute) {
        if (word.length() > LONGEST) {
            return compute.apply(word);
        }
        int hash = word.hashCode() * 0x9E3779B9;
        int place = hash >>> 17;
        var entry = places.getAcquire(place);
        if (entry.isPresent() && entry.get().word().equals(word)) {
            return entry.get().pieces();
        }
        var pieces = compute.apply(word);
        places.setRelease(place, Optional.of(new Entry(word, pieces)));
        return pieces;
    }
}
