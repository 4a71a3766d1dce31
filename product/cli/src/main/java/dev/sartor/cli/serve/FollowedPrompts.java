package dev.sartor.cli.serve;

import dev.sartor.serve.ModelSource;
import dev.sartor.serve.ServedModel;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Candidates under versions of their prompts: those that follow the promoted version by their names, and each version as
/// `NAME@ID`.
record FollowedPrompts(List<FollowedPrompt> all) implements ModelSource {
    FollowedPrompts {
        all = List.copyOf(all);
    }

    @Override
    public Optional<ServedModel> find(String name) {
        return all.stream().flatMap(each -> each.find(name).stream()).findFirst();
    }

    @Override
    public List<String> names() {
        return all.stream()
                .flatMap(each ->
                        Stream.concat(
                                each.follows() ? Stream.of(each.name()) : Stream.empty(),
                                each.versionNames().stream()))
                .toList();
    }
}
