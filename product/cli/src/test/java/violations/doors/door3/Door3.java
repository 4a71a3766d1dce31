package violations.doors.door3;

/// One door of too many.
public final class Door3 {}
