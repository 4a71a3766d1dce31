package dev.sartor.retrieve.text;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.apache.lucene.index.FieldInfos;
import org.apache.lucene.index.IndexReader;

/// The fields that passages' words lie in: `words` where an index compares all alike, else one for each language, such as
/// `words_german`. A passage lies in one of them, and BM25 counts within it.
public final class WordField {
    /// Of an index that compares all words alike.
    public static final String ALL = "words";

    private static final String PREFIX = ALL + "_";

    private WordField() {}

    /// @param language of the passage; empty where the index compares all words alike
    public static String of(Optional<Analysis> language) {
        return language.map(each -> PREFIX + each.label()).orElse(ALL);
    }

    /// How a field's words are compared in an index by language.
    static Analysis analysis(String field) {
        return field.startsWith(PREFIX)
                ? Analysis.labelled(field.substring(PREFIX.length()))
                : Analysis.ANY;
    }

    /// Those that hold words, in the order of their names.
    static List<String> in(IndexReader reader) throws IOException {
        var held = new ArrayList<String>();
        for (var field : new TreeSet<>(FieldInfos.getIndexedFields(reader))) {
            if ((field.equals(ALL) || field.startsWith(PREFIX)) && reader.getDocCount(field) > 0) {
                held.add(field);
            }
        }
        return held;
    }

    /// How many passages hold a word.
    public static int passages(IndexReader reader) throws IOException {
        int passages = 0;
        for (var field : in(reader)) {
            passages += reader.getDocCount(field);
        }
        return passages;
    }
}
