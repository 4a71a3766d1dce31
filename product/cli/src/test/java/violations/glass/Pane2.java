package violations.glass;

/// Breaks, with the others: a room of six types hides none.
public final class Pane2 {}
