package dev.sartor.data;

/// SQuAD 2.0's own shape; written here.
final class SquadSample {
    private SquadSample() {}

    static final String NESTED =
            """
            {"version": "v2.0",
             "data": [
              {"title": "The Bridge",
               "paragraphs": [
                {"context": "The bridge opened in 1999.",
                 "qas": [
                  {"id": "q1", "question": "When did it open?", "is_impossible": false,
                   "answers": [
                    {"text": "in 1999", "answer_start": 18},
                    {"text": "1999", "answer_start": 21},
                    {"text": "1999", "answer_start": 21}]},
                  {"id": "q2", "question": "Who built it?", "is_impossible": true,
                   "plausible_answers": [{"text": "1999", "answer_start": 21}],
                   "answers": []}
                 ]}
               ]}
             ]}
            """;
}
