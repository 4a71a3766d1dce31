package violations.doors.door4;

/// One door of too many.
public final class Door4 {}
