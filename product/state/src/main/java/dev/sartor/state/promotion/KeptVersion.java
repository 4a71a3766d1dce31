package dev.sartor.state.promotion;

import java.time.Instant;

/// A version that was promoted once.
///
/// @param digest SHA-256 of what it says, 64 hexadecimal digits
/// @param promoted when it was promoted last
/// @param counts whether it is the one that is promoted now
public record KeptVersion(String digest, Instant promoted, boolean counts) {}
