package dev.sartor.state.audit;

import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;

/// The entries of a log, read one by one.
public final class KeptEntries {
    private KeptEntries() {}

    /// An entry as it stands in the log.
    public record Kept(JsonNode json) {
        public Instant time() {
            try {
                return Instant.parse(json.path("time").asString(""));
            } catch (DateTimeParseException e) {
                return Instant.EPOCH;
            }
        }

        public List<String> names(String field) {
            return json.path(field).valueStream().map(JsonNode::asString).toList();
        }

        /// Empty where it has none.
        public Optional<String> text(String field) {
            var value = json.path(field);
            return value.isString() ? Optional.of(value.asString()) : Optional.empty();
        }

        public int status() {
            return json.path("status").asInt();
        }
    }

    /// What is asked of entries; each that is given must hold.
    ///
    /// @param name of a principal, such as `user:ann` or `tenant:acme`
    /// @param status 200, or 4 and 5 for all of their hundreds
    public record Filter(
            Optional<Instant> since,
            Optional<Instant> until,
            List<String> name,
            Optional<String> key,
            Optional<String> document,
            Optional<Integer> status)
            implements Predicate<Kept> {
        public Filter {
            name = List.copyOf(name);
        }

        @Override
        public boolean test(Kept entry) {
            return since.map(moment -> !entry.time().isBefore(moment)).orElse(true)
                    && until.map(entry.time()::isBefore).orElse(true)
                    && entry.names("who").containsAll(name)
                    && key.map(id -> entry.text("key").filter(id::equals).isPresent()).orElse(true)
                    && document.map(entry.names("documents")::contains).orElse(true)
                    && status.map(wanted -> isOf(wanted, entry.status())).orElse(true);
        }

        private static boolean isOf(int wanted, int status) {
            return wanted < 10 ? status / 100 == wanted : status == wanted;
        }
    }

    /// @param each takes those that the filter lets through, the oldest first
    public static void read(Path folder, Filter filter, Consumer<Kept> each) {
        AuditFiles.lines(
                folder,
                (_, line) -> {
                    var place = AuditLine.place(line);
                    var entry = new Kept(place.json());
                    if (place.sequence() > 0 && filter.test(entry)) {
                        each.accept(entry);
                    }
                });
    }
}
