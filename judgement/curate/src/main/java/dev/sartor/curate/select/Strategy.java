package dev.sartor.curate.select;

import java.util.Locale;

/// How rows to label next are chosen. Settles 2009 surveys the uncertain ones.
public enum Strategy {
    /// By chance: what all others are measured against.
    RANDOM,
    /// The rows whose likeliest label is the least probable.
    LEAST_CONFIDENCE,
    /// The rows whose two likeliest labels are the closest.
    MARGIN,
    /// The rows whose probabilities have the largest entropy.
    ENTROPY,
    /// Each time the row that is the furthest from all labelled and chosen ones (Sener and Savarese 2018).
    K_CENTER,
    /// By chance, a row the more probably the further it is from the chosen ones: the start of k-means++ (Arthur and Vassilvitskii
    /// 2007).
    K_MEANS,
    /// The same on the gradients that a row would have in the classifier's last layer (Ash et al. 2020): uncertain rows, unlike
    /// each other.
    BADGE,
    /// The most typical row of each of the largest clusters that have no labelled row (TypiClust, Hacohen et al. 2022): for the
    /// first labels.
    TYPICAL;

    /// Whether it asks a classifier, which needs rows of two labels.
    public boolean asksAClassifier() {
        return switch (this) {
            case LEAST_CONFIDENCE, MARGIN, ENTROPY, BADGE -> true;
            case RANDOM, K_CENTER, K_MEANS, TYPICAL -> false;
        };
    }

    /// As it is written in commands and settings.
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }
}
