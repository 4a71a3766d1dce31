package violations.upper;

/// In the room's own package, which every room may use.
public final class Shown {}
