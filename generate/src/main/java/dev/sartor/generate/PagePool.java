package dev.sartor.generate;

import dev.sartor.tensor.KeyValuePages;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// Which page belongs to which texts. Full pages of prompts are shared: a text that begins as another does takes the other's
/// pages, also those that are only now computed, and those of texts that are gone stay until their room is needed, least
/// recently used first (as in vLLM's automatic prefix caching). Behind what is everyone's, pages are shared within one
/// {@link CacheScope} only. Not thread-safe.
final class PagePool {
    /// What a page holds: its tokens behind the content of the page before.
    ///
    /// @param before the page before; for a text's first page what else its keys depend on: the adapter
    private record Content(Object before, Tokens tokens) {}

    /// In place of the page before, where a prompt's own part begins.
    private record Owned(Object before, Object owner) {}

    private record Tokens(int[] ids) {
        @Override
        public boolean equals(Object other) {
            return other instanceof Tokens(var others) && Arrays.equals(ids, others);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(ids);
        }
    }

    private static final class Page {
        private final int number;
        private int holders = 1;
        private boolean isComputed;
        private Optional<Content> content = Optional.empty();

        Page(int number) {
            this.number = number;
        }
    }

    private final int capacity;
    private final Map<Integer, Page> held = new HashMap<>();
    private final Map<Content, Page> known = new HashMap<>();
    private final LinkedHashMap<Integer, Page> idle = new LinkedHashMap<>();
    private final ArrayDeque<Integer> blank = new ArrayDeque<>();

    /// The first page that was never held: those before it take memory.
    private volatile int untouched;

    PagePool(int capacity) {
        this.capacity = capacity;
    }

    int capacity() {
        return capacity;
    }

    /// Pages that were ever held. For any thread.
    int touched() {
        return untouched;
    }

    /// A text's pages, in order.
    ///
    /// @param shared how many of its first tokens other texts have computed or are computing
    record Reservation(int[] pages, int shared) {}

    static int pagesFor(int tokens) {
        return (tokens + KeyValuePages.PAGE - 1) / KeyValuePages.PAGE;
    }

    /// Pages for a prompt and what may follow it; empty while there is no room.
    ///
    /// @param root what the keys depend on besides the tokens
    /// @param length tokens of prompt and answer together
    Optional<Reservation> reserve(Object root, CacheScope scope, int[] prompt, int length) {
        var pages = new int[pagesFor(length)];
        // The last token is always computed: its logits are wanted.
        int full = (prompt.length - 1) / KeyValuePages.PAGE;
        int open = scope.open() / KeyValuePages.PAGE;
        int found = 0;
        Object before = root;
        while (found < full) {
            before = found == open ? new Owned(before, scope.owner()) : before;
            var page = known.get(content(before, prompt, found));
            if (page == null) {
                break;
            }
            hold(page);
            pages[found++] = page.number;
            before = page;
        }
        if (free() < pages.length - found) {
            release(Arrays.copyOf(pages, found));
            return Optional.empty();
        }
        for (int i = found; i < pages.length; i++) {
            var page = taken();
            pages[i] = page.number;
            if (i < full) {
                // Where the search ended here, `before` is owned already.
                before = i == open && i > found ? new Owned(before, scope.owner()) : before;
                var content = content(before, prompt, i);
                page.content = Optional.of(content);
                known.put(content, page);
                before = page;
            }
        }
        return Optional.of(new Reservation(pages, found * KeyValuePages.PAGE));
    }

    private static Content content(Object before, int[] prompt, int page) {
        int start = page * KeyValuePages.PAGE;
        return new Content(
                before, new Tokens(Arrays.copyOfRange(prompt, start, start + KeyValuePages.PAGE)));
    }

    private void hold(Page page) {
        page.holders++;
        if (idle.remove(page.number) != null) {
            held.put(page.number, page);
        }
    }

    private int free() {
        return blank.size() + idle.size() + capacity - untouched;
    }

    private Page taken() {
        int number;
        if (!blank.isEmpty()) {
            number = blank.pop();
        } else if (untouched < capacity) {
            number = untouched;
            untouched = number + 1;
        } else {
            var oldest = idle.pollFirstEntry().getValue();
            oldest.content.ifPresent(known::remove);
            number = oldest.number;
        }
        var page = new Page(number);
        held.put(number, page);
        return page;
    }

    /// The text has computed its first tokens.
    void computed(int[] pages, int tokens) {
        for (int i = tokens / KeyValuePages.PAGE - 1; i >= 0; i--) {
            if (page(pages[i]).isComputed) {
                return;
            }
            page(pages[i]).isComputed = true;
        }
    }

    /// How many of the first `tokens` are computed, in whole pages.
    int computedOf(int[] pages, int tokens) {
        int computed = 0;
        while (computed < tokens && page(pages[computed / KeyValuePages.PAGE]).isComputed) {
            computed += KeyValuePages.PAGE;
        }
        return computed;
    }

    /// What was being written to them is void.
    void forget(int[] pages) {
        for (int number : pages) {
            var page = page(number);
            page.isComputed = false;
            page.content.ifPresent(known::remove);
            page.content = Optional.empty();
        }
    }

    private Page page(int number) {
        return Optional.ofNullable(held.get(number)).orElseThrow();
    }

    void release(int[] pages) {
        for (int i = pages.length - 1; i >= 0; i--) {
            var page = page(pages[i]);
            if (--page.holders > 0) {
                continue;
            }
            held.remove(page.number);
            if (page.isComputed && page.content.isPresent()) {
                idle.put(page.number, page);
            } else {
                page.content.ifPresent(known::remove);
                blank.push(page.number);
            }
        }
    }
}
