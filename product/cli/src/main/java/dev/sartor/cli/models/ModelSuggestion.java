package dev.sartor.cli.models;

import dev.sartor.core.Json;
import dev.sartor.hub.catalogue.Ability;
import dev.sartor.hub.catalogue.Licence;
import dev.sartor.model.memory.ModelShape;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ObjectNode;

/// A model that may be tried.
///
/// @param name for the project file
/// @param context the most tokens that it reads at once, as its authors advise
/// @param languages that its authors name; empty where nobody says
/// @param here whether nothing is left to fetch
record ModelSuggestion(
        String name,
        ModelShape shape,
        int context,
        Licence licence,
        Set<Ability> abilities,
        Set<String> languages,
        boolean here) {
    MemoryTable memory() {
        return MemoryTable.usual(shape);
    }

    String why() {
        return words(abilities)
                + (languages.isEmpty() ? "" : " in " + String.join(", ", new TreeSet<>(languages)))
                + (licence.gated() ? "; the licence is to be accepted" : "");
    }

    private static String words(Set<Ability> abilities) {
        return new TreeSet<>(abilities)
                .stream().map(Ability::word).collect(Collectors.joining(", "));
    }

    ObjectNode json() {
        var json = Json.mapper().createObjectNode();
        json.put("name", name);
        json.put("parameters", shape.parameters());
        json.put("context", context);
        json.put("licence", licence.id());
        json.put("gated", licence.gated());
        var does = json.putArray("does");
        new TreeSet<>(abilities).forEach(a -> does.add(a.word()));
        var spoken = json.putArray("languages");
        new TreeSet<>(languages).forEach(spoken::add);
        json.put("here", here);
        json.put("why", why());
        json.set("memory", memory().json());
        return json;
    }
}
