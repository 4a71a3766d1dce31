package dev.sartor.retrieve;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// Who may read what of one state of a {@link LeakWorld}: told from what was written there and what the guide says of rules,
/// and of nothing in the project's code.
///
/// @param place what holds for the whole folder
/// @param then what lay there
public record LeakJudge(Place place, LeakWorld.State then) {
    /// @param owner of all files, as a name
    /// @param group of all files
    record Place(
            boolean isPublic,
            boolean hasManifest,
            boolean asksFileSystem,
            String owner,
            String group) {}

    public Map<String, LeakWorld.Content> permitted(Set<String> who) {
        var permitted = new TreeMap<String, LeakWorld.Content>();
        then.texts()
                .forEach((path, content) -> {
                    if (may(who, path)) {
                        permitted.put(path, content);
                    }
                });
        return permitted;
    }

    public Map<String, LeakWorld.Content> all() {
        return then.texts();
    }

    public boolean may(Set<String> who, String path) {
        var bySidecars = bySidecars(who, path);
        var byManifest = place.hasManifest() ? byManifest(who, path) : Said.NOTHING;
        boolean isSaid = place.asksFileSystem();
        for (var said : List.of(bySidecars, byManifest)) {
            if (said == Said.NO) {
                return false;
            }
            isSaid |= said == Said.YES;
        }
        return (isSaid || place.isPublic()) && (!place.asksFileSystem() || byFileSystem(who, path));
    }

    private Said bySidecars(Set<String> who, String path) {
        var rules = new ArrayList<LeakWorld.Rule>();
        for (var folder : above(path)) {
            add(rules, (folder.isEmpty() ? "" : folder + "/") + ".access.yaml");
        }
        add(rules, path + ".access.yaml");
        return said(who, rules);
    }

    private void add(List<LeakWorld.Rule> rules, String sidecar) {
        var rule = then.sidecars().get(sidecar);
        if (rule != null) {
            rules.add(rule);
        }
    }

    private Said byManifest(Set<String> who, String path) {
        return said(
                who,
                then.manifest().stream()
                        .filter(each ->
                                each.path().equals("**")
                                        || each.path().equals(path)
                                        || path.startsWith(each.path() + "/"))
                        .map(LeakWorld.Listed::rule)
                        .toList());
    }

    /// The last that names readers decides, whoever any denies is denied; one that is not understood lets nobody read.
    private static Said said(Set<String> who, List<LeakWorld.Rule> rules) {
        var said = Said.NOTHING;
        for (var rule : rules) {
            if (rule.isBroken() || rule.deny().stream().anyMatch(who::contains)) {
                return Said.NO;
            }
            if (rule.readers().isPresent()) {
                var readers = rule.readers().get();
                boolean isAmong =
                        readers.contains("everyone") || readers.stream().anyMatch(who::contains);
                said = isAmong ? Said.YES : Said.LACKING;
            }
        }
        return said == Said.LACKING ? Said.NO : said;
    }

    private boolean byFileSystem(Set<String> who, String path) {
        int at = who.contains(place.owner()) ? 0 : who.contains(place.group()) ? 3 : 6;
        for (var folder : above(path)) {
            if (bits(folder).charAt(at + 2) != 'x') {
                return false;
            }
        }
        return bits(path).charAt(at) == 'r';
    }

    private String bits(String path) {
        return then.modes().getOrDefault(path, "---------");
    }

    private static List<String> above(String path) {
        var folders = new ArrayList<>(List.of(""));
        for (int at = path.indexOf('/'); at > 0; at = path.indexOf('/', at + 1)) {
            folders.add(path.substring(0, at));
        }
        return folders;
    }

    private enum Said {
        YES,
        LACKING,
        NO,
        NOTHING
    }
}
