package dev.sartor.compare;

/// What a project's result is for; licences ask.
public enum Purpose {
    COMMERCIAL,
    RESEARCH,
    PERSONAL
}
