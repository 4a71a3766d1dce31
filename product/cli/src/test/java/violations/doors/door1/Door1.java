package violations.doors.door1;

/// One door of too many.
public final class Door1 {}
