package dev.sartor.worth;

/// One who might answer: a candidate, people alone, or nobody.
sealed interface Player {
    String PEOPLE = "people alone";
    String NOBODY = "doing nothing";

    String name();

    Gain gain(Terms terms);

    /// @param shares as measured, or as one supposes
    record Candidate(Contender contender, Shares shares) implements Player {
        static Candidate of(Contender contender) {
            return new Candidate(contender, Shares.of(contender));
        }

        @Override
        public String name() {
            return contender.name();
        }

        @Override
        public Gain gain(Terms terms) {
            return Gain.of(shares, contender.cost().apply(terms.costs()), terms);
        }

        Candidate scoring(double score) {
            return new Candidate(contender, shares.scoring(score));
        }
    }

    /// They need neither a project nor a machine.
    record People() implements Player {
        @Override
        public String name() {
            return PEOPLE;
        }

        @Override
        public Gain gain(Terms terms) {
            return terms.people().map(each -> new Gain(each, 0, 0)).orElse(Gain.NOTHING);
        }
    }

    /// Nothing is answered, nothing earned and nothing paid.
    record Nobody() implements Player {
        @Override
        public String name() {
            return NOBODY;
        }

        @Override
        public Gain gain(Terms terms) {
            return Gain.NOTHING;
        }
    }
}
