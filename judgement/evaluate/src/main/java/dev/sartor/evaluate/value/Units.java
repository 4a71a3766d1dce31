package dev.sartor.evaluate.value;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Units by their names and signs, each with what it is of its base unit.
final class Units {
    /// @param base such as `s` for all times
    record Unit(String base, double times) {
        /// Whether it is a currency, by its three letters.
        boolean isMoney() {
            return base.length() == 3;
        }
    }

    private static final double MINUTE = 60;
    private static final double HOUR = 60 * MINUTE;
    private static final double DAY = 24 * HOUR;

    private static final Map<String, Unit> BY_NAME = new HashMap<>();

    static {
        add("EUR", 1, "€", "eur", "euro", "euros");
        add("USD", 1, "$", "usd", "dollar", "dollars");
        add("GBP", 1, "£", "gbp", "pound", "pounds");
        add("CHF", 1, "chf", "franken", "francs");
        add("%", 1, "%", "percent", "prozent");
        add("m", 1, "m", "metre", "metres", "meter", "meters");
        add("m", 1000, "km", "kilometre", "kilometres", "kilometer", "kilometers");
        add("m", 0.01, "cm", "centimetre", "centimetres", "centimeter", "centimeters");
        add("m", 0.001, "mm", "millimetre", "millimetres", "millimeter", "millimeters");
        add("kg", 1, "kg", "kilo", "kilos", "kilogram", "kilograms", "kilogramm");
        add("kg", 0.001, "g", "gram", "grams", "gramm");
        add("kg", 1000, "tonne", "tonnes");
        add("l", 1, "l", "litre", "litres", "liter", "liters");
        add("l", 0.001, "ml", "millilitre", "millilitres", "milliliter", "milliliters");
        add("s", 1, "s", "sec", "second", "seconds", "sekunde", "sekunden");
        add("s", MINUTE, "min", "mins", "minute", "minutes", "minuten");
        add("s", HOUR, "h", "hour", "hours", "stunde", "stunden");
        add("s", DAY, "day", "days", "tag", "tage", "tagen");
        add("s", 7 * DAY, "week", "weeks", "woche", "wochen");
        add("month", 1, "month", "months", "monat", "monate", "monaten");
        add("month", 12, "year", "years", "jahr", "jahre", "jahren");
        add("°C", 1, "°c");
    }

    private Units() {}

    private static void add(String base, double times, String... names) {
        for (var name : names) {
            BY_NAME.put(name, new Unit(base, times));
        }
    }

    /// @param name in any case; a currency's letters and signs as well
    static Optional<Unit> named(String name) {
        return Optional.ofNullable(BY_NAME.get(name.toLowerCase(Locale.ROOT)));
    }
}
