package dev.sartor.project.step;

/// What becomes of what is not known.
public enum Unknown {
    KEEP,
    REMOVE
}
