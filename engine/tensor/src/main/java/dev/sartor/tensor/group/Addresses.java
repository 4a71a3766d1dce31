package dev.sartor.tensor.group;

import java.util.List;

/// How ranks learn where the others are to be reached, before they are connected.
@FunctionalInterface
public interface Addresses {
    /// Tells the others this rank's address and waits for theirs. Any thread.
    ///
    /// @param own of some hundred bytes, which the native library alone reads
    /// @return those of all ranks, in their order
    List<byte[]> exchange(byte[] own);
}
