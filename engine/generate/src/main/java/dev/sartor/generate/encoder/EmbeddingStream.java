package dev.sartor.generate.encoder;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;

/// Vectors of texts that need not fit into memory: a window of texts is taken at a time, so that those of like length can
/// be computed together. Not thread-safe.
final class EmbeddingStream implements Iterator<float[]> {
    /// Texts of a window.
    private static final int WINDOW = 1024;

    /// Makes one vector of each text, in their order.
    @FunctionalInterface
    interface Window {
        List<float[]> vectors(List<String> texts);
    }

    private final Iterator<String> texts;
    private final Window window;
    private Iterator<float[]> made = List.<float[]>of().iterator();

    EmbeddingStream(Iterator<String> texts, Window window) {
        this.texts = texts;
        this.window = window;
    }

    @Override
    public boolean hasNext() {
        return made.hasNext() || texts.hasNext();
    }

    @Override
    public float[] next() {
        if (!hasNext()) {
            throw new NoSuchElementException("every text has had its vector");
        }
        if (!made.hasNext()) {
            var taken = new ArrayList<String>();
            while (texts.hasNext() && taken.size() < WINDOW) {
                taken.add(texts.next());
            }
            made = window.vectors(taken).iterator();
        }
        return made.next();
    }
}
