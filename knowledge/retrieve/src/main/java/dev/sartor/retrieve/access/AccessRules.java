package dev.sartor.retrieve.access;

import dev.sartor.core.Json;
import dev.sartor.core.Principal;
import dev.sartor.core.Problems;
import dev.sartor.core.Readers;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.MatchNoDocsQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TermInSetQuery;
import org.apache.lucene.util.BytesRef;
import tools.jackson.core.type.TypeReference;

/// The distinct access rules of an index. Each passage carries its rule's text; a search is filtered by the texts of the
/// rules that admit the principal. So the one definition of admission, {@link Readers#admit}, decides.
public record AccessRules(Map<String, Readers> rules) {
    public static final String FIELD = "rule";

    /// Lucene takes no longer words.
    private static final int MOST_BYTES = 32_000;

    public AccessRules {
        rules = Map.copyOf(rules);
    }

    public static AccessRules of(Collection<Readers> all) {
        var rules = new HashMap<String, Readers>();
        all.forEach(readers -> rules.put(text(readers), readers));
        return new AccessRules(rules);
    }

    /// Those that a passage of the index carries, or carried until lately.
    public static AccessRules in(IndexReader reader) throws IOException {
        var rules = new HashMap<String, Readers>();
        for (var leaf : reader.leaves()) {
            var terms = leaf.reader().terms(FIELD);
            if (terms == null) {
                continue;
            }
            var each = terms.iterator();
            for (var term = each.next(); term != null; term = each.next()) {
                rules.computeIfAbsent(term.utf8ToString(), AccessRules::parsed);
            }
        }
        return new AccessRules(rules);
    }

    /// The rule as it is stored: its clauses and names in alphabetical order, as JSON.
    public static String text(Readers readers) {
        var text = Json.line(readers.sorted());
        Problems.refuseUnless(
                text.getBytes(StandardCharsets.UTF_8).length <= MOST_BYTES,
                "an access rule",
                "at most " + MOST_BYTES + " bytes long",
                text.substring(0, Math.min(60, text.length())) + "…",
                "name groups in place of many users");
        return text;
    }

    public static Readers parsed(String text) {
        return restored(Json.mapper().readValue(text, new TypeReference<>() {}));
    }

    public Readers rule(String text) {
        return Objects.requireNonNull(rules.get(text), text);
    }

    /// What both kinds of search are restricted to; empty where the principal may read everything.
    public Optional<Query> filter(Principal principal) {
        var admitted = new ArrayList<BytesRef>();
        rules.forEach((text, readers) -> {
            if (readers.admit(principal)) {
                admitted.add(new Term(FIELD, text).bytes());
            }
        });
        if (admitted.size() == rules.size()) {
            return Optional.empty();
        }
        return Optional.of(
                admitted.isEmpty()
                        ? new MatchNoDocsQuery("no rule admits the principal")
                        : new TermInSetQuery(FIELD, admitted));
    }

    public static Readers restored(List<List<String>> clauses) {
        var sets = new HashSet<Set<String>>();
        clauses.forEach(clause -> sets.add(Set.copyOf(clause)));
        return new Readers(sets);
    }
}
