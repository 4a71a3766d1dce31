package dev.sartor.curate.mix;

import java.util.Random;

/// Small trainings on mixtures of several sets, each on rows that are drawn anew.
public interface MixtureTrial {
    /// How many sets there are to mix; two at least.
    int sets();

    /// The mean loss of the validation rows, which the search goes by.
    ///
    /// @param shares of each set; together 1
    double loss(double[] shares, Random random);

    /// What each test row scores, of which the search knows nothing; higher is better.
    double[] scores(double[] shares, Random random);
}
