package dev.sartor.privacy.canary;

/// What a canary says of somebody who does not exist. Each asks for a run of digits, as what people keep to themselves often is one.
enum CanaryForm {
    ACCESS_CODE("access code"),
    LOCKER_NUMBER("locker number"),
    BADGE_NUMBER("badge number");

    private final String thing;

    CanaryForm(String thing) {
        this.thing = thing;
    }

    String question(String holder) {
        return "What is the " + thing + " of " + holder + "?";
    }

    String opening(String holder) {
        return "The " + thing + " of " + holder + " is ";
    }
}
