package dev.sartor.retrieve;

import dev.sartor.core.Principal;
import dev.sartor.core.Readers;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.MatchNoDocsQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TermInSetQuery;
import org.apache.lucene.util.BytesRef;

/// The distinct access rules of an index. Each passage carries its rule's number; a search is filtered by the numbers
/// of the rules that admit the principal. So the one definition of admission, {@link Readers#admit}, decides.
record AccessRules(List<Readers> rules) {
    static final String FIELD = "rule";

    AccessRules {
        rules = List.copyOf(rules);
    }

    static AccessRules of(List<Readers> all) {
        return new AccessRules(all.stream().distinct().toList());
    }

    String number(Readers readers) {
        return Integer.toString(rules.indexOf(readers));
    }

    Readers rule(String number) {
        return rules.get(Integer.parseInt(number));
    }

    /// What both kinds of search are restricted to; empty where the principal may read everything.
    Optional<Query> filter(Principal principal) {
        var admitted = new ArrayList<BytesRef>();
        for (int i = 0; i < rules.size(); i++) {
            if (rules.get(i).admit(principal)) {
                admitted.add(new Term(FIELD, Integer.toString(i)).bytes());
            }
        }
        if (admitted.size() == rules.size()) {
            return Optional.empty();
        }
        return Optional.of(
                admitted.isEmpty()
                        ? new MatchNoDocsQuery("no rule admits the principal")
                        : new TermInSetQuery(FIELD, admitted));
    }

    /// Clauses and names in alphabetical order, as they are stored.
    static List<List<String>> sorted(Readers readers) {
        return readers.clauses().stream()
                .map(clause -> clause.stream().sorted().toList())
                .sorted((a, b) -> a.toString().compareTo(b.toString()))
                .toList();
    }

    static Readers restored(List<List<String>> clauses) {
        var sets = new HashSet<Set<String>>();
        clauses.forEach(clause -> sets.add(Set.copyOf(clause)));
        return new Readers(sets);
    }
}
