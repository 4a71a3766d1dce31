package dev.sartor.hub.catalogue;

/// Asks whoever can answer whether they accept a licence's terms.
@FunctionalInterface
public interface Gate {
    boolean accepts(Licence licence);

    /// Nobody is there to ask.
    static Gate closed() {
        return licence -> false;
    }
}
