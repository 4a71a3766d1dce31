package violations.regex;

/// Breaks: String's methods use java.util.regex, too.
final class Split {
    String[] words(String text) {
        return text.split("(a*)*b");
    }
}
