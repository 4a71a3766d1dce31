package dev.sartor.serve;

import dev.sartor.core.Principal;
import dev.sartor.core.Problems;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// What is served, by the names that clients use. The server closes none of it.
///
/// @param chats in the order in which they are listed
/// @param changing further chat models; where a name is taken already, they are not reached by it
public record ServedModels(
        Map<String, ServedModel> chats,
        Map<String, ServedEmbedder> embedders,
        ModelSource changing) {
    private static final Pattern NAME =
            Pattern.compile("[A-Za-z0-9][A-Za-z0-9._:@+-]*(/[A-Za-z0-9][A-Za-z0-9._:@+-]*)*");

    public ServedModels {
        chats = Collections.unmodifiableMap(new LinkedHashMap<>(chats));
        embedders = Collections.unmodifiableMap(new LinkedHashMap<>(embedders));
        var problems = new Problems();
        Stream.concat(chats.keySet().stream(), embedders.keySet().stream())
                .filter(name -> !isName(name))
                .forEach(name ->
                        problems.add(
                                "model name '" + name + "'",
                                "must be letters, digits and . _ : @ + - with / between"
                                        + " parts, as in route/tuned"));
        chats.keySet().stream()
                .filter(embedders::containsKey)
                .forEach(name ->
                        problems.add(
                                "model name '" + name + "'",
                                "names a chat model and an embedder; rename one"));
        problems.throwIfAny();
    }

    /// Models that stay as they are.
    public ServedModels(Map<String, ServedModel> chats, Map<String, ServedEmbedder> embedders) {
        this(chats, embedders, ModelSource.none());
    }

    /// Whether clients could use it as a model's name.
    public static boolean isName(String text) {
        return NAME.matcher(text).matches();
    }

    /// The chat models that there are now.
    public List<String> chatNames() {
        return with(changing.names());
    }

    private List<String> with(List<String> changingNames) {
        return Stream.concat(
                        chats.keySet().stream(),
                        changingNames.stream().filter(name -> !chats.containsKey(name)))
                .toList();
    }

    public Optional<ServedModel> chat(String name, Principal principal) {
        if (chats.containsKey(name) || embedders.containsKey(name)) {
            return Optional.ofNullable(chats.get(name))
                    .filter(model -> model.readers().admit(principal));
        }
        return changing.find(name, principal);
    }

    public Optional<ServedEmbedder> embedder(String name, Principal principal) {
        return Optional.ofNullable(embedders.get(name))
                .filter(embedder -> embedder.readers().admit(principal));
    }

    /// Both kinds, without what the principal may not know of.
    public List<String> namesFor(Principal principal) {
        return Stream.concat(
                        with(changing.names(principal)).stream()
                                .filter(name -> chat(name, principal).isPresent()),
                        embedders.keySet().stream()
                                .filter(name -> embedder(name, principal).isPresent()))
                .toList();
    }
}
