package violations.upper.open;

/// Behind a door.
public final class Open {}
