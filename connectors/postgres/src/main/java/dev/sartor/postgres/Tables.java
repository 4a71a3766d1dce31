package dev.sartor.postgres;

/// The names of an index's tables. Each generation has its own, so that a replaced one goes at once.
record Tables(String schema, int generation) {
    String rules() {
        return name("rules");
    }

    String documents() {
        return name("documents");
    }

    String passages() {
        return name("passages");
    }

    String vectors() {
        return name("vectors");
    }

    String words() {
        return name("words");
    }

    String fields() {
        return name("fields");
    }

    String postings() {
        return name("postings");
    }

    /// Gives words' numbers and frequencies to those who may not list the words.
    String wordsOf() {
        return name("words_of");
    }

    String nearest() {
        return "nearest_" + generation;
    }

    private String name(String what) {
        return schema + "." + what + "_" + generation;
    }
}
