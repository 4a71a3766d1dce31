package dev.sartor.evaluate.value;

import java.util.Optional;

/// A value that a text states.
sealed interface Value {
    /// Whether an answer that states the other states this one.
    boolean isSaidBy(Value other);

    /// A number with its unit, in the unit's base: metres, kilograms, litres, seconds, months, a currency's whole.
    ///
    /// @param unit such as `EUR` or `m`; empty for a bare number
    record Amount(double number, String unit) implements Value {
        private static final double ROUNDING = 1e-9;

        /// A unit that only one of the two names is not held against it.
        @Override
        public boolean isSaidBy(Value other) {
            return other instanceof Amount said
                    && Math.abs(number - said.number)
                            <= ROUNDING * Math.max(Math.abs(number), Math.abs(said.number))
                    && (unit.isEmpty() || said.unit.isEmpty() || unit.equals(said.unit));
        }
    }

    /// A day of the calendar.
    ///
    /// @param year empty where the text names none, which is not held against it
    record Day(Optional<Integer> year, int month, int day) implements Value {
        @Override
        public boolean isSaidBy(Value other) {
            return other instanceof Day said
                    && month == said.month
                    && day == said.day
                    && (year.isEmpty() || said.year.isEmpty() || year.equals(said.year));
        }
    }

    /// A time of the day.
    ///
    /// @param minutes since midnight
    record Time(int minutes) implements Value {
        @Override
        public boolean isSaidBy(Value other) {
            return equals(other);
        }
    }
}
