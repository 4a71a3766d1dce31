package dev.sartor.retrieve;

import dev.sartor.core.SartorException;
import dev.sartor.core.text.Nearest;
import dev.sartor.documents.Metadata;
import dev.sartor.retrieve.field.MetadataTerms;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.lucene.search.BooleanClause;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;

/// What must hold, all of it, for a passage to be looked at, besides that the asker may read it.
public record Conditions(List<Condition> all) {
    private static final Conditions NONE = new Conditions(List.of());

    /// Whether a document has them or not: that they are known tells nothing.
    private static final Set<String> ALWAYS_KNOWN =
            Set.of(MetadataTerms.PATH, Metadata.TYPE, Metadata.DATE);

    public Conditions {
        all = List.copyOf(all);
    }

    public static Conditions none() {
        return NONE;
    }

    /// @throws SartorException a user's error that says what is wrong with one of them
    public static Conditions parsed(List<String> texts) {
        return new Conditions(texts.stream().map(Condition::parsed).toList());
    }

    /// What both kinds of search are restricted to.
    ///
    /// @param permitted what the asker may read; empty where that is everything
    /// @return of that, what the conditions hold for
    /// @throws SartorException a user's error where a field is none of any document that the asker may read, be it
    ///     another's or nobody's
    public Optional<Query> within(Optional<Query> permitted, IndexSearcher searcher)
            throws IOException {
        if (all.isEmpty()) {
            return permitted;
        }
        var every = new BooleanQuery.Builder();
        permitted.ifPresent(rule -> every.add(rule, BooleanClause.Occur.FILTER));
        for (var condition : all) {
            if (!isKnown(condition.field(), permitted, searcher)) {
                throw unknown(condition.field(), permitted, searcher);
            }
            every.add(condition.query(searcher.getIndexReader()), BooleanClause.Occur.FILTER);
        }
        return Optional.of(every.build());
    }

    private static boolean isKnown(String name, Optional<Query> permitted, IndexSearcher searcher)
            throws IOException {
        if (ALWAYS_KNOWN.contains(name)) {
            return true;
        }
        var query = new BooleanQuery.Builder();
        query.add(MetadataTerms.having(name), BooleanClause.Occur.FILTER);
        permitted.ifPresent(rule -> query.add(rule, BooleanClause.Occur.FILTER));
        return searcher.count(query.build()) > 0;
    }

    private static SartorException unknown(
            String name, Optional<Query> permitted, IndexSearcher searcher) throws IOException {
        var known = new TreeSet<>(ALWAYS_KNOWN);
        for (var each : MetadataTerms.names(searcher.getIndexReader())) {
            if (isKnown(each, permitted, searcher)) {
                known.add(each);
            }
        }
        return unknown(name, known);
    }

    /// Whether every document has the field or may have it.
    public static boolean isAlwaysKnown(String field) {
        return ALWAYS_KNOWN.contains(field);
    }

    /// @param readable names of fields that documents which the asker may read have
    public static SartorException unknown(String name, Set<String> readable) {
        var known = new TreeSet<>(ALWAYS_KNOWN);
        known.addAll(readable);
        return SartorException.user(
                "--where names the field '"
                        + name
                        + "', which no document that you may read has. Known are "
                        + String.join(", ", known)
                        + "."
                        + Nearest.hint(name, List.copyOf(known)));
    }
}
