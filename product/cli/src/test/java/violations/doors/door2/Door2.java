package violations.doors.door2;

/// One door of too many.
public final class Door2 {}
