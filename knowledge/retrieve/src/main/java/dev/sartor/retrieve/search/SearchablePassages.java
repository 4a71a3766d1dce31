package dev.sartor.retrieve.search;

import dev.sartor.core.Passage;
import dev.sartor.core.Principal;
import dev.sartor.retrieve.Conditions;
import dev.sartor.retrieve.Hit;
import dev.sartor.retrieve.text.Chunk;
import java.io.IOException;
import java.util.List;
import java.util.SortedSet;

/// What a search asks one commit of an index for, be it in a folder or in a database. Passages go by their numbers, which
/// hold within the commit.
public interface SearchablePassages {
    /// How many there are at most: a ranking is never longer.
    int most() throws IOException;

    /// Of what a principal may read, what the conditions hold for.
    Within within(Principal principal, Conditions where) throws IOException;

    /// What both kinds of search are restricted to: nothing else is looked at.
    interface Within {
        /// @return the best `depth` by BM25, best first
        List<Hit> byWords(String question, int depth) throws IOException;

        /// @return the `depth` whose vectors are nearest, best first; all of them where they are fewer
        List<Hit> nearest(float[] vector, int depth) throws IOException;
    }

    /// The similarity of these passages, in which their documents' vectors have a share.
    ///
    /// @return best first
    List<Hit> inDocuments(SortedSet<Integer> passages, float[] vector, double share)
            throws IOException;

    /// A passage's vector.
    float[] vector(int passage) throws IOException;

    /// The passages found, in the same order, each with its score and its readers.
    List<Passage> passages(List<Hit> hits) throws IOException;

    /// The same as they were indexed.
    List<Chunk> chunks(List<Hit> hits) throws IOException;
}
