package dev.sartor.curate.personal;

import dev.sartor.curate.span.Overlaps;
import dev.sartor.curate.span.Span;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Finds personal data in a text: in one pass, with a bounded look around each character, so that the time is proportional to the
/// text's length whatever stands there. Thread-safe.
public final class PersonalScanner {
    /// The surest stays; of equally sure ones the longer, then the earlier, then the kind that is listed first.
    private static final Comparator<PersonalFinding> PRECEDENCE =
            Comparator.comparingDouble(PersonalFinding::confidence)
                    .thenComparingInt(Span::length)
                    .reversed()
                    .thenComparingInt(PersonalFinding::start)
                    .thenComparing(PersonalFinding::kind);

    private final PersonalSettings settings;
    private final List<EntityFinder> names;
    private final ContextWords words = ContextWords.read();
    private final List<NumberForm> fromDigit;
    private final List<NumberForm> fromLetter;
    private final Optional<PhoneNumbers> phones;

    /// @param names who finds names; none where only what has a form is looked for
    public PersonalScanner(PersonalSettings settings, List<EntityFinder> names) {
        this.settings = settings;
        this.names = List.copyOf(names);
        var forms =
                Stream.of(NationalNumbers.forms(), PaymentCards.forms(), InternetAddresses.macs())
                        .flatMap(List::stream)
                        .filter(form -> settings.kinds().contains(form.kind()))
                        .toList();
        fromDigit = forms.stream().filter(form -> beginsWith(form, "9HX")).toList();
        fromLetter = forms.stream().filter(form -> beginsWith(form, "AHX")).toList();
        phones =
                settings.kinds().contains(PersonalKind.PHONE)
                        ? Optional.of(new PhoneNumbers(settings.regions()))
                        : Optional.empty();
    }

    private static boolean beginsWith(NumberForm form, String one) {
        return one.indexOf(form.shape().form().charAt(0)) >= 0;
    }

    /// In the order of the text, none overlapping another, each at least as sure as the settings ask for.
    public List<PersonalFinding> scan(String text) {
        var found = new ArrayList<PersonalFinding>();
        int phoneEnd = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '@') {
                add(Emails.around(text, i), found);
            } else if (c == '+' || (c == '(' && Edges.begins(text, i))) {
                phoneEnd = phone(text, i, phoneEnd, found);
            } else if (c == ':' && text.startsWith("::", i)) {
                address(text, i, found);
            } else if (Edges.isDigit(c) && Edges.begins(text, i)) {
                numbers(text, i, fromDigit, found);
                phoneEnd = phone(text, i, phoneEnd, found);
                add(InternetAddresses.v4(text, i).map(each -> weighed(text, each)), found);
                address(text, i, found);
            } else if (Edges.isAsciiLetter(c) && Edges.begins(text, i)) {
                numbers(text, i, fromLetter, found);
                add(Ibans.at(text, i), found);
                if (Edges.isHex(c)) {
                    address(text, i, found);
                }
            }
        }
        names.forEach(each -> each.find(text).forEach(name -> add(Optional.of(name), found)));
        return Overlaps.resolved(found, PRECEDENCE);
    }

    private void numbers(String text, int at, List<NumberForm> forms, List<PersonalFinding> found) {
        for (var form : forms) {
            int end = at + form.shape().length();
            if (!form.shape().fits(text, at) || !Edges.ends(text, end)) {
                continue;
            }
            var value = form.shape().compact(text, at);
            if (form.check().test(value)) {
                add(
                        Optional.of(
                                weighed(
                                        text,
                                        new PersonalFinding(
                                                form.kind(), at, end, form.confidence(), value))),
                        found);
            }
        }
    }

    /// An address of IPv6, which no colon may precede: that would be a part of a longer one.
    private void address(String text, int at, List<PersonalFinding> found) {
        if (at == 0 || text.charAt(at - 1) != ':' || (at > 1 && text.charAt(at - 2) == '"')) {
            add(InternetAddresses.v6(text, at), found);
        }
    }

    private int phone(String text, int at, int phoneEnd, List<PersonalFinding> found) {
        if (at < phoneEnd || phones.isEmpty()) {
            return phoneEnd;
        }
        var phone = phones.get().at(text, at, words);
        add(phone, found);
        return phone.map(PersonalFinding::end).orElse(phoneEnd);
    }

    private PersonalFinding weighed(String text, PersonalFinding each) {
        double confidence =
                words.near(text, each.start(), each.end()).weigh(each.kind(), each.confidence());
        return new PersonalFinding(each.kind(), each.start(), each.end(), confidence, each.value());
    }

    private void add(Optional<PersonalFinding> finding, List<PersonalFinding> found) {
        finding.filter(each ->
                        each.confidence() >= settings.minConfidence()
                                && settings.kinds().contains(each.kind()))
                .ifPresent(found::add);
    }
}
