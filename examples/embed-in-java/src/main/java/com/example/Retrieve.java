package com.example;

import dev.sartor.core.Principal;
import dev.sartor.hub.environment.Use;
import dev.sartor.retrieve.index.HubEmbedders;
import dev.sartor.retrieve.index.PersistentIndex;
import java.nio.file.Path;
import java.util.Set;

/// Searches an index that `sartor index` made, for what one user may read. Arguments: INDEX, QUESTION, USER.
final class Retrieve {
    public static void main(String[] arguments) {
        var embedders = HubEmbedders.usual(Use.COMMERCIAL);
        try (var index = PersistentIndex.open(Path.of(arguments[0]), embedders.opening())) {
            var asker = new Principal(Set.of("user:" + arguments[2]));
            for (var found : index.search(arguments[1], 3, asker)) {
                IO.println(found.passage().document() + ": " + found.passage().text());
            }
        }
    }
}
