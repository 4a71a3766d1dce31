package dev.sartor.hub;

/// A token that no message, log or `toString` shows.
record Secret(String value) {
    @Override
    public String toString() {
        return "(secret)";
    }
}
