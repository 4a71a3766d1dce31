package dev.sartor.hub.catalogue;

import dev.sartor.core.Problems;
import java.util.EnumSet;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/// A well-known open model by its repository's name. Its bytes are not pinned: the hub's own digests check them.
///
/// @param repository `owner/name` on the hub
/// @param parameters how many weights
/// @param context the most tokens it reads at once
/// @param languages that its authors name, as ISO 639-1
/// @param config the sizes that its memory follows from, under the keys of its config.json
public record KnownModel(
        String repository,
        Licence licence,
        long parameters,
        int context,
        Set<String> languages,
        Set<Ability> abilities,
        JsonNode config) {
    public KnownModel {
        languages = Set.copyOf(languages);
        Problems.refuseUnless(
                context > 0, repository + "'s context", "more than 0", context, "tokens");
        var all = EnumSet.copyOf(abilities);
        if (context >= Ability.LONG) {
            all.add(Ability.LONG_CONTEXT);
        }
        abilities = Set.copyOf(all);
    }
}
