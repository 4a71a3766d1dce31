package dev.sartor.retrieve.index;

import dev.sartor.core.Readers;
import dev.sartor.documents.source.DocumentSource;
import dev.sartor.retrieve.access.AccessRules;
import dev.sartor.retrieve.search.DocumentState;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What a run has to do, told from what is there now and what the index knows.
///
/// @param counts what becomes of how many documents
/// @param relabelled content as before, but read by others, or a file that was only touched; and what is in `read` or
///     `moved`: until that is read its old version is for those alone who might and may read it
/// @param read new or changed documents
/// @param gone paths that are no longer there
/// @param moved paths among `gone` whose content is in `read` under another path
/// @param forgotten how many documents are there and stay out, as the index forgot them on purpose
record IndexPlan(
        IndexReport.Counts counts,
        List<DocumentState> relabelled,
        List<ToRead> read,
        Set<String> gone,
        Set<String> moved,
        int forgotten) {
    /// A file changed within so long before it was listed may change again without another size or time.
    private static final Duration TOO_FRESH = Duration.ofSeconds(2);

    /// @param stamp empty where it does not tell a later change
    /// @param sha256 empty where the content cannot be read
    record ToRead(DocumentSource.Listed listed, String stamp, String sha256, String failure) {}

    /// @param rehash whether every content is looked at, also where size and time are as before
    static IndexPlan of(
            DocumentSource shelf,
            Map<String, DocumentState> known,
            ForgottenDocuments forgotten,
            boolean rehash,
            Instant now) {
        var relabelled = new ArrayList<DocumentState>();
        var read = new ArrayList<ToRead>();
        var gone = new HashSet<>(known.keySet());
        var rules = new HashMap<Readers, String>();
        int unchanged = 0;
        int others = 0;
        int out = 0;
        shelf.recall(recalled(known));
        for (var listed : shelf.list()) {
            var before = known.get(listed.path());
            if (forgotten.holds(listed.path(), "")) {
                out++;
                continue;
            }
            var seen = seen(shelf, listed, rehash ? null : before, now);
            if (forgotten.holds(listed.path(), seen.sha256())) {
                out++;
                continue;
            }
            gone.remove(listed.path());
            var rule = rules.computeIfAbsent(listed.readers(), AccessRules::text);
            if (before == null || !before.sha256().equals(seen.sha256())) {
                read.add(seen);
                if (before != null) {
                    narrowed(before, listed).ifPresent(relabelled::add);
                }
                continue;
            }
            others += before.rule().equals(rule) ? 0 : 1;
            unchanged += before.rule().equals(rule) ? 1 : 0;
            if (!before.rule().equals(rule) || !before.stamp().equals(seen.stamp())) {
                relabelled.add(before.relabelled(seen.stamp(), rule, listed.metadata()));
            }
        }
        var moved = moved(read, gone, known);
        moved.forEach((from, to) -> narrowed(from, to).ifPresent(relabelled::add));
        int changed = (int) read.stream().filter(r -> known.containsKey(r.listed().path())).count();
        var counts =
                new IndexReport.Counts(
                        unchanged,
                        read.size() - changed - moved.size(),
                        changed,
                        moved.size(),
                        gone.size() - moved.size(),
                        others);
        var from = moved.keySet().stream().map(DocumentState::path).collect(Collectors.toSet());
        return new IndexPlan(counts, relabelled, read, gone, from, out);
    }

    private static Map<String, DocumentSource.Known> recalled(Map<String, DocumentState> known) {
        var recalled = new HashMap<String, DocumentSource.Known>();
        known.forEach((path, state) ->
                recalled.put(path, new DocumentSource.Known(state.stamp(), state.failure())));
        return recalled;
    }

    /// Looks at the content unless the stamp tells that it is as before.
    private static ToRead seen(
            DocumentSource shelf,
            DocumentSource.Listed listed,
            @Nullable DocumentState before,
            Instant now) {
        boolean fresh = listed.changed().isAfter(now.minus(TOO_FRESH));
        var stamp = fresh ? "" : listed.stamp();
        if (before != null && !before.sha256().isEmpty() && before.stamp().equals(listed.stamp())) {
            return new ToRead(listed, stamp, before.sha256(), "");
        }
        try {
            return new ToRead(listed, stamp, shelf.sha256(listed), "");
        } catch (IOException e) {
            var failure = "cannot be read (" + e.getClass().getSimpleName() + ")";
            return new ToRead(listed, stamp, "", failure);
        }
    }

    /// The old version for those who might read it and may read the new one; empty where that changes nothing.
    private static Optional<DocumentState> narrowed(
            DocumentState before, DocumentSource.Listed after) {
        var rule = AccessRules.text(before.readers().and(after.readers()));
        return rule.equals(before.rule())
                ? Optional.empty()
                : Optional.of(before.relabelled("", rule, before.metadata()));
    }

    /// Documents that are gone, and under which other path their content is.
    private static Map<DocumentState, DocumentSource.Listed> moved(
            List<ToRead> read, Set<String> gone, Map<String, DocumentState> known) {
        var leaving = new HashMap<String, DocumentState>();
        known.forEach((path, state) -> {
            if (gone.contains(path)) {
                leaving.put(state.sha256(), state);
            }
        });
        var moved = new HashMap<DocumentState, DocumentSource.Listed>();
        for (var arriving : read) {
            var from = leaving.get(arriving.sha256());
            if (from != null
                    && !arriving.sha256().isEmpty()
                    && !known.containsKey(arriving.listed().path())) {
                moved.put(from, arriving.listed());
            }
        }
        return moved;
    }
}
