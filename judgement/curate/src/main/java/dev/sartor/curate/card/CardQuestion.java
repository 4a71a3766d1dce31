package dev.sartor.curate.card;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/// What only people can answer: questions of Gebru et al. 2021, "Datasheets for Datasets", by its sections; those that a program answers
/// stand in the card as tables.
public enum CardQuestion {
    PURPOSE(
            Section.MOTIVATION,
            "For what purpose was the dataset created? Was there a task in mind, or a gap to fill?"),
    CREATORS(Section.MOTIVATION, "Who created the dataset, and on behalf of whom?"),
    FUNDING(Section.MOTIVATION, "Who paid for it?"),
    INSTANCES(
            Section.COMPOSITION, "What does a row stand for (a message, a document, a customer)?"),
    SAMPLE(
            Section.COMPOSITION,
            "Are these all the rows there are, or a sample? How was it drawn, and is it representative?"),
    ERRORS(
            Section.COMPOSITION,
            "Are there errors, sources of noise, or redundancies that are known?"),
    CONFIDENTIAL(
            Section.COMPOSITION,
            "Does it contain what is confidential, such as correspondence with customers or patients?"),
    OFFENSIVE(
            Section.COMPOSITION,
            "Does it contain what may offend, insult or threaten somebody who reads it?"),
    PEOPLE(
            Section.COMPOSITION,
            "Does it relate to people? Can single persons be identified, directly or together with other data?"),
    SENSITIVE(
            Section.COMPOSITION,
            "Does it contain what is sensitive: health, origin, religion, opinions, money, location?"),
    ACQUISITION(
            Section.COLLECTION,
            "How was each row acquired: observed, reported by people, derived from other data?"),
    COLLECTORS(Section.COLLECTION, "Who collected the data, and how were they paid?"),
    TIMEFRAME(
            Section.COLLECTION,
            "Over what time was it collected, and is that the time the rows are from?"),
    CONSENT(
            Section.COLLECTION,
            "Were the people told, did they consent, and how can they take that back?"),
    REVIEW(
            Section.COLLECTION,
            "Was there an ethical review, or an assessment of its impact on data protection?"),
    LABELLING(
            Section.PREPROCESSING,
            "Who labelled the rows, by what instructions, and how often do two of them agree?"),
    RAW_DATA(
            Section.PREPROCESSING,
            "Is the raw data kept, for uses that nobody thinks of now? Where?"),
    PAST_USES(Section.USES, "What has it been used for already?"),
    OTHER_USES(Section.USES, "What else could it be used for?"),
    RISKS(
            Section.USES,
            "Is there anything in how it was made that may treat people or groups unfairly, and what can be done about it?"),
    NOT_FOR(Section.USES, "What must it not be used for?"),
    RECIPIENTS(
            Section.DISTRIBUTION,
            "Who gets it outside of those that made it, how, and from when on?"),
    TERMS(
            Section.DISTRIBUTION,
            "Do others hold rights in it, or do export controls or other rules apply?"),
    MAINTAINER(Section.MAINTENANCE, "Who maintains it, and how are they reached?"),
    UPDATES(
            Section.MAINTENANCE,
            "Will it be updated: how often, by whom, and how do users learn of it?"),
    RETENTION(Section.MAINTENANCE, "How long may the rows be kept, and how are they then deleted?"),
    CONTRIBUTIONS(Section.MAINTENANCE, "How can others correct it or add to it?");

    /// In the paper's order.
    public enum Section {
        MOTIVATION("Motivation"),
        COMPOSITION("Composition"),
        COLLECTION("Collection process"),
        PREPROCESSING("Preprocessing, cleaning, labelling"),
        USES("Uses"),
        DISTRIBUTION("Distribution"),
        MAINTENANCE("Maintenance");

        private final String title;

        Section(String title) {
            this.title = title;
        }

        String title() {
            return title;
        }

        List<CardQuestion> questions() {
            return Arrays.stream(CardQuestion.values())
                    .filter(each -> each.section == this)
                    .toList();
        }
    }

    private final Section section;
    private final String question;

    CardQuestion(Section section, String question) {
        this.section = section;
        this.question = question;
    }

    /// As the file of answers names it, such as `past_uses`.
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    public String question() {
        return question;
    }

    /// Whether it makes sense for the data: labels are asked for where there are some.
    boolean isAskedOf(DataFacts facts) {
        return this != LABELLING || facts.hasLabels();
    }
}
