package dev.sartor.cli.index;

import dev.sartor.cli.option.Composition;
import dev.sartor.core.Principal;
import dev.sartor.hub.environment.Use;
import dev.sartor.model.Precision;
import dev.sartor.retrieve.index.HubEmbedders;
import dev.sartor.retrieve.index.IndexStorage;
import dev.sartor.retrieve.index.PersistentIndex;
import dev.sartor.retrieve.search.SearchSettings;
import dev.sartor.training.LocalEngines;
import java.util.List;
import java.util.stream.Collectors;

/// A standing index, as one principal may see it.
record IndexPlace(Composition composition, IndexStorage index, Use use, Principal principal)
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
                var open = PersistentIndex.open(index, embedders.opening())) {
            if (asksForThemselves()) {
                EmptyIndex.refuse(open, index);
            }
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
            if (findings.stream().allMatch(List::isEmpty)) {
                sayWhereNothingIsReadable(open);
            }
            return new Found(findings, open.with().settings().analysis());
        }
    }

    /// Whoever asks for another sees the same of an empty index as of one that holds nothing for that one.
    private boolean asksForThemselves() {
        return principal.equals(Principal.local());
    }

    private void sayWhereNothingIsReadable(PersistentIndex open) {
        if (open.stats(principal).passages() > 0) {
            return;
        }
        composition
                .console()
                .say(
                        (asksForThemselves()
                                        ? "Who asks without --as and --groups"
                                        : principal.names().stream()
                                                .sorted()
                                                .collect(Collectors.joining(", ")))
                                + " may read no passage of "
                                + index
                                + ": `sartor index` with --public or --access MANIFEST says who may.");
    }
}
