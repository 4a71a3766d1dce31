package dev.sartor.cli.prompts;

import dev.sartor.cli.console.Table;
import dev.sartor.core.Json;
import dev.sartor.prompt.version.PromptContent;
import dev.sartor.state.promotion.KeptVersion;
import dev.sartor.state.promotion.Promotions;
import dev.sartor.state.promotion.PromptPlace;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/// The versions that were promoted in a state, as they are shown.
final class StateVersions {
    private StateVersions() {}

    /// @param places of tasks, all of one tenant or of none
    static String text(Promotions promotions, List<PromptPlace> places, boolean json) {
        var table = new Table("TASK", "VERSION", "IS", "PROMOTED", "TENANT");
        var all = Json.mapper().createArrayNode();
        for (var place : places) {
            for (var version : promotions.list(place)) {
                var id = PromptContent.id(version.digest());
                table.row(
                        place.task(),
                        id,
                        version.counts() ? "promoted" : "-",
                        VersionText.time(version.promoted()),
                        place.tenant().orElse("-"));
                var shown = all.addObject().put("task", place.task()).put("id", id);
                place.tenant().ifPresent(name -> shown.put("tenant", name));
                put(shown, version);
            }
        }
        return json ? Json.pretty(all) : table.toString();
    }

    private static void put(ObjectNode shown, KeptVersion version) {
        shown.put("digest", version.digest())
                .put("promoted", version.counts())
                .put("since", version.promoted().toString());
    }
}
