package dev.sartor.curate.licence;

/// A licence by a phrase that stands in its text, or in the notice that it asks for.
///
/// @param id of SPDX
/// @param phrase that has to stand in the text, whose place is the licence's
/// @param also another that has to stand near; empty for none
/// @param within so many characters the phrase has to begin: further behind it is spoken of something else
record LicenceRule(String id, String phrase, String also, int within) {
    private static final int BEFORE = 300;
    private static final int BEHIND = 5000;

    LicenceRule(String id, String phrase, String also) {
        this(id, phrase, also, Integer.MAX_VALUE);
    }

    LicenceRule(String id, String phrase) {
        this(id, phrase, "");
    }

    /// @param text as {@link PlainText} makes it
    /// @return where the licence begins; -1 for nowhere
    int place(String text) {
        int place = text.indexOf(phrase);
        if (place < 0 || place > within) {
            return -1;
        }
        if (also.isEmpty()) {
            return place;
        }
        int end = Math.min(text.length(), place + BEHIND);
        return text.substring(Math.max(0, place - BEFORE), end).contains(also) ? place : -1;
    }
}
