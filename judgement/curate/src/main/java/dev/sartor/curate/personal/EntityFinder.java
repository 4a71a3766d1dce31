package dev.sartor.curate.personal;

import java.util.List;

/// Finds what has no form of its own: names of persons, places and organisations. A model for that language's names stands
/// behind it; none comes with Sartor.
@FunctionalInterface
public interface EntityFinder {
    /// The findings in any order, of the kinds `PERSON`, `LOCATION` and `ORGANISATION`; safe for use by several threads.
    List<PersonalFinding> find(String text);
}
