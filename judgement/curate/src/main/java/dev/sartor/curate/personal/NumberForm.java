package dev.sartor.curate.personal;

import java.util.function.Predicate;

/// One way in which a kind of number is written.
///
/// @param confidence of what is so written and passes the check, where no word near it says what it is
/// @param check of the digits and capital letters alone
record NumberForm(PersonalKind kind, Shape shape, double confidence, Predicate<String> check) {
    static NumberForm of(
            PersonalKind kind, String shape, double confidence, Predicate<String> check) {
        return new NumberForm(kind, new Shape(shape), confidence, check);
    }
}
