package dev.sartor.generate;

import dev.sartor.core.Principal;

/// Who shares the keys and values of a prompt. A shared prefix is faster, and its tokens are counted: whoever could meet
/// another's would learn what the other asked, or what only the other may read, by guessing it.
///
/// @param open how many of the prompt's first tokens are the same whoever asks whatever, and may be read by all who can
///     ask: these are everyone's
/// @param owner equal for those who share what follows
record CacheScope(int open, Object owner) {
    private static final CacheScope EVERYONE = new CacheScope(Integer.MAX_VALUE, "");

    /// Of a prompt that no caller had a part in.
    static CacheScope everyone() {
        return EVERYONE;
    }

    static CacheScope of(int open, Principal asker) {
        return new CacheScope(open, asker);
    }
}
