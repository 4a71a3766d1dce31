package dev.sartor.postgres;

import java.util.List;

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

    /// All of them, each behind those that it points to.
    List<String> all() {
        return List.of(rules(), documents(), passages(), vectors(), fields(), words(), postings());
    }

    /// Of all generations: digests of paths that were removed, and whose bytes may still be in the tables' files.
    String removed() {
        return schema + ".removed";
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
