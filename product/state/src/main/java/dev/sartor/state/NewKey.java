package dev.sartor.state;

/// A key that was made now: the only time that its secret is known.
///
/// @param secret what clients send
public record NewKey(StoredKey key, String secret) {
    /// Without the secret, so that no log has it.
    @Override
    public String toString() {
        return "NewKey[" + key + "]";
    }
}
