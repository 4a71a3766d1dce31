package dev.sartor.curate.licence;

/// A text as phrases are looked for in it: letters and digits in lower case, one blank for all that stands between, so that marks of
/// comments, quotation marks and line ends make no difference.
final class PlainText {
    private PlainText() {}

    /// Ends with a blank, where it is not empty.
    ///
    /// @param most characters of the text that are looked at
    static String of(String text, int most) {
        int end = Math.min(most, text.length());
        var plain = new StringBuilder(end + 1);
        for (int i = 0; i < end; i++) {
            char c = text.charAt(i);
            if (Character.isLetterOrDigit(c)) {
                plain.append(Character.toLowerCase(c));
            } else if (plain.length() > 0 && plain.charAt(plain.length() - 1) != ' ') {
                plain.append(' ');
            }
        }
        if (plain.length() > 0 && plain.charAt(plain.length() - 1) != ' ') {
            plain.append(' ');
        }
        return plain.toString();
    }
}
