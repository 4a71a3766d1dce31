package dev.sartor.cli.models;

import dev.sartor.core.SartorException;
import dev.sartor.hub.Hub;
import dev.sartor.hub.catalogue.CatalogueEntry;
import dev.sartor.hub.catalogue.KnownModel;
import dev.sartor.hub.catalogue.ModelDescription;
import dev.sartor.model.file.ModelShapes;
import dev.sartor.model.memory.ModelShape;
import java.util.Optional;

/// Finds a model's sizes: in its files where they are here, in the catalogue, or on the hub without fetching its weights.
record ModelSizes(Hub hub) {
    /// Without asking the network; empty where the sizes are not known or not of a known family.
    Optional<ModelShape> here(ModelDescription model) {
        var folder = hub.folder(model.name());
        return folder.isPresent()
                ? readable(() -> ModelShapes.ofFiles(folder.orElseThrow()))
                : known(model).map(ModelSizes::shape);
    }

    /// Asking the hub too.
    Optional<ModelShape> anywhere(ModelDescription model) {
        return here(model)
                .or(() ->
                        hub.glance(model.name())
                                .flatMap(glance -> glance.config())
                                .flatMap(config ->
                                        readable(() -> ModelShapes.of(config, model.name()))));
    }

    /// The well-known model that it is, or is made from.
    Optional<KnownModel> known(ModelDescription model) {
        return hub.catalogue()
                .known(model.repository())
                .or(() ->
                        model.entry()
                                .map(CatalogueEntry::upstream)
                                .flatMap(hub.catalogue()::known));
    }

    static ModelShape shape(KnownModel model) {
        return ModelShapes.of(model.config(), model.repository());
    }

    private interface Reading {
        ModelShape read();
    }

    /// A family without formulas has no estimate, and nothing else about the model depends on one.
    private static Optional<ModelShape> readable(Reading reading) {
        try {
            return Optional.of(reading.read());
        } catch (SartorException e) {
            org.slf4j.LoggerFactory.getLogger(ModelSizes.class).info("no estimate", e);
            return Optional.empty();
        }
    }
}
