package dev.sartor.cli.serve;

import dev.sartor.core.Principal;
import dev.sartor.serve.ModelSource;
import dev.sartor.serve.ServedModel;
import dev.sartor.state.promotion.PromptPlace;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Candidates under versions of their prompts: those that follow the promoted version by their names, and each version as
/// `NAME@ID`.
record FollowedPrompts(List<FollowedPrompt> all) implements ModelSource {
    FollowedPrompts {
        all = List.copyOf(all);
    }

    /// As somebody of no tenant finds it.
    @Override
    public Optional<ServedModel> find(String name) {
        return find(name, Optional.empty());
    }

    @Override
    public Optional<ServedModel> find(String name, Principal principal) {
        return find(name, tenant(principal)).filter(model -> model.readers().admit(principal));
    }

    private Optional<ServedModel> find(String name, Optional<String> tenant) {
        return all.stream().flatMap(each -> each.find(name, tenant).stream()).findFirst();
    }

    @Override
    public List<String> names() {
        return names(Optional.empty());
    }

    @Override
    public List<String> names(Principal principal) {
        return names(tenant(principal));
    }

    /// A name under which nothing could be promoted is nobody's.
    private static Optional<String> tenant(Principal principal) {
        return principal.tenant().filter(PromptPlace::isName);
    }

    private List<String> names(Optional<String> tenant) {
        return all.stream()
                .flatMap(each ->
                        Stream.concat(
                                each.follows() ? Stream.of(each.name()) : Stream.empty(),
                                each.versionNames(tenant).stream()))
                .toList();
    }
}
