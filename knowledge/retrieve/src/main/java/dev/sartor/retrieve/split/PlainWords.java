package dev.sartor.retrieve.split;

/// What is said of passages whose language was not told.
public final class PlainWords {
    private PlainWords() {}

    public static String said(int passages) {
        return passages
                + (passages == 1 ? " passage is" : " passages are")
                + " in a language that was not recognised: words are compared there as they are,"
                + " \"bills\" not with \"bill\".";
    }
}
