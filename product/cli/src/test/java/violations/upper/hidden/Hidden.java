package violations.upper.hidden;

/// Behind no door.
public final class Hidden {}
