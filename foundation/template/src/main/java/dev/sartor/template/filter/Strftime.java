package dev.sartor.template.filter;

import dev.sartor.template.value.TextBuilder;
import java.time.DayOfWeek;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/// Times as C's `strftime` shows them in the C locale, the letters that Python promises everywhere.
public final class Strftime {
    private Strftime() {}

    public static void append(TextBuilder out, String format, ZonedDateTime time) {
        int position = 0;
        while (position < format.length()) {
            int percent = format.indexOf('%', position);
            if (percent < 0 || percent + 1 == format.length()) {
                break;
            }
            out.append(format.substring(position, percent));
            boolean isUnpadded = format.charAt(percent + 1) == '-' && percent + 2 < format.length();
            int letter = isUnpadded ? percent + 2 : percent + 1;
            var shown = shown(format.charAt(letter), time);
            out.append(isUnpadded ? withoutZeros(shown) : shown);
            position = letter + 1;
        }
        out.append(format.substring(position));
    }

    private static String withoutZeros(String number) {
        int begin = 0;
        while (begin < number.length() - 1 && number.charAt(begin) == '0') {
            begin++;
        }
        return number.substring(begin);
    }

    private static String shown(char letter, ZonedDateTime time) {
        return switch (letter) {
            case 'a' -> pattern(time, "EEE");
            case 'A' -> pattern(time, "EEEE");
            case 'b', 'h' -> pattern(time, "MMM");
            case 'B' -> pattern(time, "MMMM");
            case 'c' -> pattern(time, "EEE MMM ppd HH:mm:ss yyyy");
            case 'd' -> pattern(time, "dd");
            case 'D', 'x' -> pattern(time, "MM/dd/yy");
            case 'e' -> pattern(time, "ppd");
            case 'f' -> pattern(time, "SSSSSS");
            case 'F' -> pattern(time, "yyyy-MM-dd");
            case 'H' -> pattern(time, "HH");
            case 'I' -> pattern(time, "hh");
            case 'j' -> pattern(time, "DDD");
            case 'm' -> pattern(time, "MM");
            case 'M' -> pattern(time, "mm");
            case 'n' -> "\n";
            case 'p' -> pattern(time, "a").toUpperCase(Locale.ROOT);
            case 'R' -> pattern(time, "HH:mm");
            case 's' -> String.valueOf(time.toEpochSecond());
            case 'S' -> pattern(time, "ss");
            case 't' -> "\t";
            case 'T', 'X' -> pattern(time, "HH:mm:ss");
            case 'U' -> week(time, DayOfWeek.SUNDAY);
            case 'W' -> week(time, DayOfWeek.MONDAY);
            case 'u' -> String.valueOf(time.getDayOfWeek().getValue());
            case 'w' -> String.valueOf(time.getDayOfWeek().getValue() % 7);
            case 'y' -> pattern(time, "yy");
            case 'Y' -> String.valueOf(time.getYear());
            case 'z', 'Z' -> "";
            case '%' -> "%";
            default -> "%" + letter;
        };
    }

    /// The week of the year whose weeks begin at the given day; days before the first such one are in week 0.
    private static String week(ZonedDateTime time, DayOfWeek first) {
        int sinceFirst = Math.floorMod(time.getDayOfWeek().getValue() - first.getValue(), 7);
        return String.format(Locale.ROOT, "%02d", (time.getDayOfYear() + 6 - sinceFirst) / 7);
    }

    private static String pattern(ZonedDateTime time, String pattern) {
        return DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH).format(time);
    }
}
