package dev.sartor.compare.run;

import dev.sartor.core.Principal;
import dev.sartor.core.Readers;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// How many documents are hidden from those who ask a task's questions.
///
/// @param documents that can be searched at all
/// @param askers the one from whom the most are hidden first
/// @param others the rows without an asker, asked by nobody in particular; empty where each has one
/// @param unknown askers of whom no rule has a name, so that they are shown what anybody is
public record HiddenDocuments(
        int documents, List<Asker> askers, Optional<Asker> others, List<String> unknown) {
    /// So many are told one by one.
    private static final int TOLD = 5;

    /// So many are named of a list.
    private static final int NAMED = 3;

    public HiddenDocuments {
        askers = List.copyOf(askers);
        unknown = List.copyOf(unknown);
    }

    /// @param name his names, as in `group:sales, user:ann`
    /// @param rows that he asks
    /// @param hidden documents that he may not read
    public record Asker(String name, int rows, int hidden) {
        private String told(int documents) {
            return String.format(
                    Locale.ROOT,
                    "%s (%,d %s): %,d of %,d documents hidden",
                    name,
                    rows,
                    rows == 1 ? "row" : "rows",
                    hidden,
                    documents);
        }
    }

    /// @param documents how many there are of each access rule
    /// @param askers how many rows each asks; the one at this machine where nobody is named
    public static HiddenDocuments of(
            Map<Readers, Integer> documents, Map<Principal, Integer> askers) {
        var named = new ArrayList<Asker>();
        Optional<Asker> others = Optional.empty();
        var unknown = new ArrayList<String>();
        var ruled =
                documents.keySet().stream()
                        .flatMap(rule -> rule.names().stream())
                        .collect(Collectors.toSet());
        for (var each : askers.entrySet()) {
            var principal = each.getKey();
            int hidden =
                    documents.entrySet().stream()
                            .filter(rule -> !rule.getKey().admit(principal))
                            .mapToInt(Map.Entry::getValue)
                            .sum();
            var name = String.join(", ", principal.sorted());
            if (principal.equals(Principal.local())) {
                others = Optional.of(new Asker("rows without an asker", each.getValue(), hidden));
            } else {
                named.add(new Asker(name, each.getValue(), hidden));
                if (principal.names().stream().noneMatch(ruled::contains)) {
                    unknown.add(name);
                }
            }
        }
        named.sort(Comparator.comparingInt(Asker::hidden).reversed().thenComparing(Asker::name));
        return new HiddenDocuments(
                documents.values().stream().mapToInt(Integer::intValue).sum(),
                named,
                others,
                unknown.stream().sorted().toList());
    }

    /// For people, a few lines whatever their number.
    ///
    /// @param task its name
    public List<String> said(String task) {
        var lines = new ArrayList<String>();
        if (askers.size() <= TOLD) {
            askers.forEach(each -> lines.add(task + ": " + each.told(documents)));
        } else {
            lines.add(
                    String.format(
                            Locale.ROOT,
                            "%s: %,d askers: %,d to %,d of %,d documents hidden, in the median %,d; the most from %s",
                            task,
                            askers.size(),
                            askers.getLast().hidden(),
                            askers.getFirst().hidden(),
                            documents,
                            askers.get(askers.size() / 2).hidden(),
                            named(askers.stream().map(Asker::name).toList())));
        }
        others.ifPresent(each -> lines.add(task + ": " + each.told(documents)));
        return lines;
    }

    /// What the user had better look at.
    public List<String> warnings(String task) {
        if (askers.isEmpty()) {
            return List.of();
        }
        if (isOpen()) {
            return List.of(
                    task
                            + ": rows name who asks, and no rule names any of them or hides a document from one. Name readers in"
                            + " the --access MANIFEST of `sartor index`.");
        }
        return unknown.isEmpty()
                ? List.of()
                : List.of(
                        String.format(
                                Locale.ROOT,
                                "%s: no rule of the documents names %s, so that %s shown what is for everyone, as anybody is: look for"
                                        + " another spelling.",
                                task,
                                unknown.size() > NAMED
                                        ? String.format(
                                                Locale.ROOT,
                                                "%,d of the %,d askers, such as %s",
                                                unknown.size(),
                                                askers.size(),
                                                named(unknown))
                                        : named(unknown),
                                unknown.size() == 1 ? "this asker is" : "these are"));
    }

    private boolean isOpen() {
        return askers.stream().allMatch(each -> each.hidden() == 0)
                && others.stream().allMatch(each -> each.hidden() == 0)
                && unknown.size() == askers.size();
    }

    private static String named(List<String> names) {
        return names.stream()
                .limit(NAMED)
                .map(each -> each.contains(",") ? "(" + each + ")" : each)
                .collect(Collectors.joining(" and "));
    }
}
