package dev.sartor.hub.environment;

/// A token that no message, log or `toString` shows.
public record Secret(String value) {
    @Override
    public String toString() {
        return "(secret)";
    }
}
