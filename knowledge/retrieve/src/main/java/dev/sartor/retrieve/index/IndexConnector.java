package dev.sartor.retrieve.index;

/// What keeps standing indexes elsewhere than in folders. Connectors are found on the class path by
/// {@link java.util.ServiceLoader}, and loaded where an address has a scheme.
public interface IndexConnector {
    boolean knows(String address);

    /// Connects to nothing yet.
    ///
    /// @throws SartorException a user's error that says what is wrong with the address
    IndexStorage at(String address);
}
