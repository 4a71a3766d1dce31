package dev.sartor.hub;

import dev.sartor.core.Json;
import dev.sartor.core.SartorException;
import dev.sartor.core.file.AtomicFile;
import dev.sartor.core.file.Sha256;
import dev.sartor.hub.cache.Caches;
import dev.sartor.hub.catalogue.Gate;
import dev.sartor.hub.catalogue.Licence;
import dev.sartor.hub.environment.Use;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;

/// Holds licences against the stated use. Terms that must be accepted are asked about once; the acceptance is kept in
/// the cache, for exactly those terms. Thread-safe.
public final class Licences {
    /// @param terms SHA-256 of the address and the clause that were shown
    record Acceptance(String id, String name, String terms, String at) {}

    private final Caches caches;
    private final Gate gate;
    private final Clock clock;

    private Licences(Caches caches, Gate gate, Clock clock) {
        this.caches = caches;
        this.gate = gate;
        this.clock = clock;
    }

    public static Licences of(Caches caches, Gate gate) {
        return of(caches, gate, Clock.systemUTC());
    }

    static Licences of(Caches caches, Gate gate, Clock clock) {
        return new Licences(caches, gate, clock);
    }

    /// @throws SartorException a user's error that names the clause, where the use is not allowed or the terms were not
    ///     accepted
    public synchronized void check(Licence licence, Use use) {
        if (!licence.uses().isEmpty() && !licence.uses().contains(use)) {
            throw SartorException.user(
                    "the licence "
                            + licence.name()
                            + " does not allow "
                            + use.word()
                            + " use: "
                            + licence.clause()
                            + where(licence)
                            + ". Choose another model, or correct the stated use.");
        }
        if (licence.gated() && !isAccepted(licence)) {
            if (!gate.accepts(licence)) {
                throw SartorException.user(
                        "the licence "
                                + licence.name()
                                + " must be accepted before the model is used, and was not: "
                                + licence.clause()
                                + where(licence)
                                + ". Pull the model in a terminal and answer yes, or choose another"
                                + " model.");
            }
            accept(licence);
        }
    }

    public synchronized boolean isAccepted(Licence licence) {
        var terms = fingerprint(licence);
        return accepted().stream().anyMatch(a -> a.terms().equals(terms));
    }

    /// Records that the user accepts the terms as they stand now.
    public synchronized void accept(Licence licence) {
        if (isAccepted(licence)) {
            return;
        }
        var all = new ArrayList<>(accepted());
        all.add(
                new Acceptance(
                        licence.id(),
                        licence.name(),
                        fingerprint(licence),
                        clock.instant().toString()));
        AtomicFile.publish(file(), Json.pretty(all) + "\n");
    }

    private List<Acceptance> accepted() {
        var file = file();
        if (!Files.exists(file)) {
            return List.of();
        }
        try {
            return Json.mapper()
                    .convertValue(Json.read(file), new TypeReference<List<Acceptance>>() {});
        } catch (JacksonException e) {
            throw SartorException.user(
                    file
                            + " is not a list of accepted licences: remove it, and you are asked again",
                    e);
        }
    }

    private Path file() {
        return caches.licences().resolve("accepted.json");
    }

    private static String fingerprint(Licence licence) {
        return Sha256.of(licence.id() + "\n" + where(licence) + "\n" + licence.clause());
    }

    private static String where(Licence licence) {
        return licence.terms().map(t -> " (" + t + ")").orElse("");
    }
}
