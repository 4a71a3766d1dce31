package violations.doors.door5;

/// One door of too many.
public final class Door5 {}
