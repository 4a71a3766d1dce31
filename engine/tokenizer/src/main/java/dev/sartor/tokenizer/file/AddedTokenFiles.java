package dev.sartor.tokenizer.file;

import dev.sartor.core.SartorException;
import dev.sartor.tokenizer.AddedToken;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/// The tokens that a folder adds to a vocabulary: `added_tokens_decoder` in tokenizer_config.json, and added_tokens.json.
record AddedTokenFiles(Path folder, JsonNode config) {
    private static final int MOST = 1 << 24;

    /// Adds them at their numbers; what the vocabulary has at a number already must be the same token.
    void addTo(List<String> tokens, List<AddedToken> added) {
        found().forEach((id, token) -> {
            while (tokens.size() <= id) {
                tokens.add("");
            }
            var before = tokens.get(id);
            if (!before.isEmpty() && !before.equals(token.content())) {
                throw SartorException.user(
                        folder
                                + ": the token "
                                + id
                                + " is '"
                                + token.content()
                                + "' in tokenizer_config.json or added_tokens.json, and '"
                                + before
                                + "' in the vocabulary: fetch the model again");
            }
            tokens.set(id, token.content());
            added.removeIf(each -> each.id() == id);
            added.add(token);
        });
    }

    private Map<Integer, AddedToken> found() {
        var found = new TreeMap<Integer, AddedToken>();
        for (var entry : TokenizerFamily.json(folder, "added_tokens.json").properties()) {
            int id = id(entry.getValue().asString(""));
            found.put(id, new AddedToken(id, entry.getKey(), false, false, false, false, false));
        }
        for (var entry : config.path("added_tokens_decoder").properties()) {
            int id = id(entry.getKey());
            var node = entry.getValue();
            found.put(
                    id,
                    new AddedToken(
                            id,
                            node.path("content").asString(""),
                            node.path("single_word").asBoolean(false),
                            node.path("lstrip").asBoolean(false),
                            node.path("rstrip").asBoolean(false),
                            node.path("normalized").asBoolean(false),
                            node.path("special").asBoolean(false)));
        }
        return found;
    }

    private int id(String written) {
        try {
            int id = Integer.parseInt(written);
            if (id >= 0 && id < MOST) {
                return id;
            }
        } catch (NumberFormatException e) {
            // the same refusal
        }
        throw SartorException.user(
                folder
                        + ": an added token's number must be 0 to "
                        + (MOST - 1)
                        + ", found '"
                        + written
                        + "': fetch the model again");
    }
}
