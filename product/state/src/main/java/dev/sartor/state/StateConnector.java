package dev.sartor.state;

/// A kind of database that state can be kept in, besides files of SQLite. Found by {@link java.util.ServiceLoader}.
public interface StateConnector {
    boolean knows(String address);

    /// Connects to nothing yet.
    StateDatabase at(String address);
}
