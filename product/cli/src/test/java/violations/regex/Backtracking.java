package violations.regex;

import java.util.regex.Pattern;

/// Breaks: a pattern that may never end.
final class Backtracking {
    Pattern pattern = Pattern.compile("(a*)*b");
}
