package dev.sartor.cli;

import dev.sartor.core.Principal;
import dev.sartor.hub.Use;
import dev.sartor.model.Precision;
import dev.sartor.retrieve.HubEmbedders;
import dev.sartor.retrieve.SearchSettings;
import dev.sartor.retrieve.StandingIndex;
import java.nio.file.Path;
import java.util.List;

/// A standing index, as one principal may see it.
record IndexPlace(Composition composition, Path index, Use use, Principal principal)
        implements SearchPlace {
    @Override
    public Found search(List<String> questions, How how) {
        var embedders = new HubEmbedders(composition.hub(use), composition.console());
        try (var engines =
                        new LocalEngines(
                                composition.hub(use),
                                composition.console(),
                                Precision.BF16,
                                composition.weights());
                var open = StandingIndex.open(index, embedders.opening())) {
            var usual = how.mode().map(SearchSettings::of).orElseGet(() -> open.with().usual());
            var findings =
                    how.with(
                            usual,
                            engines,
                            settings ->
                                    questions.stream()
                                            .map(each ->
                                                    open.search(each, how.k(), principal, settings))
                                            .toList());
            return new Found(findings, open.with().settings().analysis());
        }
    }
}
