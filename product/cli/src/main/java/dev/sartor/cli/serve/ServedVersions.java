package dev.sartor.cli.serve;

import dev.sartor.prompt.version.PromptContent;
import dev.sartor.prompt.version.PromptVersions;
import dev.sartor.state.promotion.FollowedPromotions;
import dev.sartor.state.promotion.KeptVersion;
import dev.sartor.state.promotion.Promoted;
import dev.sartor.state.promotion.PromptPlace;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The versions of a task's prompt that a server can answer with: those of the project's folder, and those that were promoted in a
/// state, of which some are a tenant's alone. Thread-safe.
///
/// @param shared what is promoted in the server's state; empty where it has none
record ServedVersions(String project, PromptVersions folder, Optional<FollowedPromotions> shared) {
    ServedVersions {
        if (shared.isPresent()) {
            new PromptPlace(
                    project, folder.task(), Optional.empty()); // refuses names that are none
        }
    }

    /// Of the folder alone.
    static ServedVersions of(PromptVersions folder) {
        return new ServedVersions("", folder, Optional.empty());
    }

    /// A version, and whose it is.
    ///
    /// @param tenant empty where it is everybody's
    record Owned(String id, Optional<String> tenant) {}

    private PromptPlace place(Optional<String> tenant) {
        return new PromptPlace(project, folder.task(), tenant);
    }

    /// What the state says at this moment; empty without a state.
    Optional<Promoted> now() {
        return shared.map(FollowedPromotions::now);
    }

    /// The id of what is promoted for a tenant; empty where callers of that tenant are as all others.
    Optional<String> promotedFor(String tenant, Optional<Promoted> now) {
        return counting(now, Optional.of(tenant));
    }

    /// The id of what is promoted for all: in the state, or else in the folder.
    ///
    /// @throws dev.sartor.core.SartorException a user's error where the folder's file cannot be understood
    Optional<String> promoted(Optional<Promoted> now) {
        return counting(now, Optional.empty()).or(folder::promoted);
    }

    private Optional<String> counting(Optional<Promoted> now, Optional<String> tenant) {
        return now.flatMap(all -> all.counting(place(tenant))).map(PromptContent::id);
    }

    /// Those that a caller may name; nobody else's are looked at.
    List<String> ids(Optional<String> tenant) {
        var now = now();
        return Stream.of(
                        folder.ids().stream(),
                        ids(now, Optional.empty()),
                        tenant.stream().flatMap(own -> ids(now, Optional.of(own))))
                .flatMap(each -> each)
                .distinct()
                .sorted()
                .toList();
    }

    private Stream<String> ids(Optional<Promoted> of, Optional<String> tenant) {
        return of.stream()
                .flatMap(all -> all.versions(place(tenant)).stream())
                .map(KeptVersion::digest)
                .map(PromptContent::id);
    }

    /// The version that a caller means. Versions never change, so that one that was known already is not asked for.
    Optional<Owned> find(String id, Optional<String> tenant) {
        if (!PromptVersions.isId(id)) {
            return Optional.empty();
        }
        if (Files.isRegularFile(folder.file(id))) {
            return Optional.of(new Owned(id, Optional.empty()));
        }
        return find(id, tenant, shared.map(FollowedPromotions::known))
                .or(() -> find(id, tenant, now()));
    }

    private Optional<Owned> find(String id, Optional<String> tenant, Optional<Promoted> in) {
        return Stream.concat(Stream.of(Optional.<String>empty()), tenant.stream().map(Optional::of))
                .filter(owner -> ids(in, owner).anyMatch(id::equals))
                .map(owner -> new Owned(id, owner))
                .findFirst();
    }

    /// What a version says, from the folder or from the state.
    ///
    /// @throws dev.sartor.core.SartorException a user's error where it is not there, or was edited
    PromptContent content(Owned version) {
        var digest =
                shared.stream()
                        .flatMap(all -> all.known().versions(place(version.tenant())).stream())
                        .map(KeptVersion::digest)
                        .filter(each -> PromptContent.id(each).equals(version.id()))
                        .findFirst();
        boolean isInFolder =
                version.tenant().isEmpty() && Files.isRegularFile(folder.file(version.id()));
        return digest.isEmpty() || isInFolder
                ? folder.read(version.id()).content()
                : content(version, digest.get());
    }

    private PromptContent content(Owned version, String digest) {
        var place = place(version.tenant());
        return PromptContent.read(
                shared.orElseThrow().content(place, digest),
                "the version " + version.id() + " of " + place);
    }
}
