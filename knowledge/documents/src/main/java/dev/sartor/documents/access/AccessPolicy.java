package dev.sartor.documents.access;

import dev.sartor.core.Readers;
import dev.sartor.documents.AccessRule;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Where documents' access rules come from. Where several places name readers, one must be among those of each; whoever
/// one of them denies is denied. Where no place names readers, nobody may read, unless the index is public.
///
/// @param fileSystem whether what the file system lets owner, group and others read is asked, too
/// @param isPublic whether everyone may read what no rule is about
/// @param prefix stands before the paths of one of several sources
public record AccessPolicy(
        Optional<AccessManifest> manifest, boolean fileSystem, boolean isPublic, String prefix) {
    /// Nobody, but for what sidecar files say.
    public static AccessPolicy none() {
        return new AccessPolicy(Optional.empty(), false, false, "");
    }

    /// Everyone, but for what sidecar files say.
    public static AccessPolicy everyone() {
        return new AccessPolicy(Optional.empty(), false, true, "");
    }

    public AccessPolicy under(String source) {
        return new AccessPolicy(manifest, fileSystem, isPublic, source + "/");
    }

    /// @param path within its source
    /// @param others what sidecar files and the file system say of it
    public Readers of(String path, List<AccessRule> others) {
        var said = new ArrayList<>(others);
        manifest.ifPresent(rules -> said.add(rules.of(prefix + path)));
        boolean isNamed = said.stream().anyMatch(rule -> rule.readers().isPresent());
        var readers = isNamed || isPublic ? Readers.everyone() : Readers.nobody();
        for (var rule : said) {
            readers = readers.and(rule.readers().orElse(Readers.everyone())).and(rule.denied());
        }
        return readers;
    }
}
