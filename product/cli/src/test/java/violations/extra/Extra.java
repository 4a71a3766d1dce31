package violations.extra;

/// Stands beside the house.
public final class Extra {}
