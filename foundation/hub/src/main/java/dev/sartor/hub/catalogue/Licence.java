package dev.sartor.hub.catalogue;

import dev.sartor.core.Problems;
import dev.sartor.hub.environment.Use;
import java.net.URI;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/// What a model's licence asks and allows.
///
/// @param id the SPDX identifier, or the hub's word for it, in lower case
/// @param terms where the full text stands
/// @param uses what it allows; empty where it has not been read for Sartor, and then it is gated, so that somebody
///     reads it
/// @param shareAlike whether what is made from the model must carry the same licence
/// @param gated whether the terms must be accepted before the model is used
/// @param clause the clause that restricts or gates, in short; empty for a licence that does neither
public record Licence(
        String id,
        String name,
        Optional<URI> terms,
        Set<Use> uses,
        boolean attribution,
        boolean shareAlike,
        boolean gated,
        String clause) {
    public Licence {
        uses = Set.copyOf(uses);
        var restricts = gated || uses.size() < Use.values().length;
        Problems.refuseUnless(!id.isBlank(), "a licence's id", "not blank", id, "use SPDX");
        Problems.refuseUnless(
                !restricts || !clause.isBlank(),
                "the clause of licence " + id,
                "given where it restricts or gates",
                "none",
                "quote it");
        Problems.refuseUnless(
                gated || !uses.isEmpty(), "licence " + id, "gated where unread", "open", "gate it");
    }

    /// Files that the user brought: what they may do with them is between them and the author.
    public static Licence ofTheUsersFiles() {
        return new Licence(
                "own",
                "the user's own files",
                Optional.empty(),
                EnumSet.allOf(Use.class),
                false,
                false,
                false,
                "");
    }

    /// A licence that Sartor knows nothing about.
    public static Licence unread(String id, String name, Optional<URI> terms) {
        return new Licence(
                id,
                name,
                terms,
                Set.of(),
                true,
                false,
                true,
                "Sartor does not know this licence: read its terms and decide whether they allow"
                        + " your use");
    }

    /// Empty where the licence has not been read for Sartor.
    public Optional<Boolean> commercialUse() {
        return uses.isEmpty() ? Optional.empty() : Optional.of(uses.contains(Use.COMMERCIAL));
    }
}
