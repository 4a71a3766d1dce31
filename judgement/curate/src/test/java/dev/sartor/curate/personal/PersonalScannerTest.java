package dev.sartor.curate.personal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sartor.core.SartorException;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PersonalScannerTest {
    private static final PersonalScanner SCANNER =
            new PersonalScanner(PersonalSettings.DEFAULT, List.of());

    private static List<String> found(String text) {
        return SCANNER.scan(text).stream()
                .map(each -> each.kind() + " " + text.substring(each.start(), each.end()))
                .toList();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "EMAIL|Jane.Doe+news@mail.example.co.uk|Write to %s, please.",
                "EMAIL|jürgen@müller.de|mailto:%s",
                "EMAIL|a@b.io|{\"to\":\"%s\"}",
                "EMAIL|a_b@c-d.com|first line\\n%s.",
                "IBAN|DE89 3704 0044 0532 0130 00|Konto: %s, danke",
                "IBAN|GB82WEST12345698765432|iban=%s;",
                "IBAN|fr14 2004 1010 0505 0001 3m02 606|; %s ;",
                "PAYMENT_CARD|4111 1111 1111 1111|paid with %s yesterday",
                "PAYMENT_CARD|378282246310005|card=%s",
                "PAYMENT_CARD|3782-822463-10005|%s",
                "US_SSN|219-09-9998|SSN: %s.",
                "US_SSN|219099998|\"customerSsn\": \"%s\"",
                "UK_NINO|AB 12 34 56 C|my number is %s",
                "UK_NHS|943 476 5919|NHS no. %s",
                "DE_TAX_ID|86 095 742 719|IdNr. %s",
                "DE_TAX_ID|86095742719|Steuer-ID: %s",
                "FR_NIR|2 55 08 14 168 025 38|%s",
                "ES_DNI|12345678Z|DNI %s",
                "ES_DNI|X-1234567-L|%s",
                "IT_CODICE_FISCALE|RSSMRA85T10A562S|(%s)",
                "NL_BSN|111222333|BSN %s",
                "BE_NATIONAL_NUMBER|85.07.30-033.28|%s",
                "CH_AHV|756.9217.0769.85|%s",
                "SE_PERSONNUMMER|811218-9876|%s",
                "PL_PESEL|44051401359|pesel=%s",
                "FI_HETU|131052-308T|%s",
                "NO_FODSELSNUMMER|13097248022|fødselsnummer %s",
                "DK_CPR|070761-4285|CPR-nr. %s",
                "PHONE|+49 (0)30 1234567|Telefon %s",
                "PHONE|+1 (415) 555-2671|%s",
                "PHONE|(415) 555-2671|%s is our number",
                "PHONE|020 7946 0958|ring %s",
                "PHONE|06 12 34 56 78|Tél. %s",
                "PHONE|4155552671|call me at %s",
                "PHONE|0044 20 7946 0958|%s",
                "IP_ADDRESS|192.168.17.4|from %s:8080",
                "IP_ADDRESS|2001:db8:85a3::8a2e:370:7334|host %s.",
                "IP_ADDRESS|fe80::1ff:fe23:4567:890a|[%s]:80",
                "MAC_ADDRESS|00:1A:2b:3c:4d:5E|%s",
                "MAC_ADDRESS|001a.2b3c.4d5e|%s",
            })
    void eachKindIsFoundWithItsEdges(String kind, String written, String text) {
        assertThat(found(text.formatted(written))).containsExactly(kind + " " + written);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "order number 86095742719", // passes the German check
                "order 44051401359 was shipped", // passes the Polish check
                "Invoice 111222333",
                "111222333",
                "timestamp 20241128153012",
                "sku 4006381333931",
                "version 10.4.2.1",
                "v1.2.3.4",
                "550e8400-e29b-41d4-a716-446655440000",
                "sha 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
                "std::vector<int>::iterator a::b Face::Bad",
                "at 12:30:45 on 2024-01-02",
                "icon@2x.png",
                "git@github.com:org/repo.git",
                "https://user:secret@host.example.com/",
                "3.14159265358979",
                "1,234,567,890",
                "127.0.0.1 and 0.0.0.0",
                "4111111111111112",
                "ORD-86095742719-X",
                "DE89 3704 0044 0532 0130 01",
                "@decorator and a @ b and x@y",
                "666-12-3456",
                "12.05.2024 13:45",
                "0.123456789",
                "the cannabinoid antagonist SR141716A",
                "cell lines treated with PD 0332991",
                "(EC 1.14.16.2)",
                "each phone is $3000/200 phones, 500-200-150",
                "0900-0130 hours",
                "@media (min-width: 1024px)",
            })
    void whatOnlyLooksSoIsNotFound(String text) {
        assertThat(found(text)).isEmpty();
    }

    @Test
    void theHeadOfATableNamesItsNumbers() {
        assertThat(found("name,bsn,city\nAnna,111222333,Utrecht"))
                .containsExactly("NL_BSN 111222333");
        assertThat(found("name,amount,city\nAnna,111222333,Utrecht")).isEmpty();
        assertThat(found("bsn,amount,city\nnone,111222333,Utrecht")).isEmpty();
        assertThat(found("| mail | bsn |\n|---|---|\n| a@b.com | 111222333 |"))
                .containsExactly("EMAIL a@b.com", "NL_BSN 111222333");
    }

    @Test
    void theWordRightBeforeANumberGoesBeforeThoseFurtherOff() {
        assertThat(found("pesel 44051401359, order 02070803628"))
                .containsExactly("PL_PESEL 44051401359");
    }

    @Test
    void aWordForNationalNumbersOfAllCountriesGoesAfterOneForItsOwn() {
        // passes the German check too
        assertThat(found("numéro national 98061743885"))
                .containsExactly("BE_NATIONAL_NUMBER 98061743885");
        assertThat(found("personal identity number 44051401359"))
                .containsExactly("PL_PESEL 44051401359");
        // a Finnish check character may be a digit
        assertThat(found("CPR 060583-9299")).containsExactly("DK_CPR 060583-9299");
    }

    @Test
    void anInternationalNumberOfAnUnknownRangeNeedsAWord() {
        assertThat(found("ring +45 20 02 52 32")).containsExactly("PHONE +45 20 02 52 32");
        assertThat(found("+1 000 000 0000")).isEmpty();
    }

    @Test
    void ofTwoReadingsTheSurerStays() {
        // the digits within are a card's
        assertThat(found("DE89 3704 0044 0532 0130 00")).hasSize(1);
        // an NHS number and a telephone number of New York
        assertThat(found("NHS 943 476 5919")).containsExactly("UK_NHS 943 476 5919");
        assertThat(found("2125552368@example.com")).containsExactly("EMAIL 2125552368@example.com");
    }

    @Test
    void waysOfWritingOneValueHaveOneValue() {
        assertThat(SCANNER.scan("Tel. +49 30 1234567, Tel. 030 1234567, tel 0049 30 123 4567"))
                .extracting(PersonalFinding::value)
                .containsOnly("+49301234567")
                .hasSize(3);
        assertThat(SCANNER.scan("de89 3704 0044 0532 0130 00 DE89370400440532013000"))
                .extracting(PersonalFinding::value)
                .containsExactly("DE89370400440532013000", "DE89370400440532013000");
        assertThat(SCANNER.scan("A@B.com a@b.COM"))
                .extracting(PersonalFinding::value)
                .containsExactly("a@b.com", "a@b.com");
    }

    @Test
    void onlyTheKindsAskedForAreFound() {
        var mails =
                new PersonalScanner(
                        new PersonalSettings(
                                EnumSet.of(PersonalKind.EMAIL), PersonalSettings.REGIONS, 0.5),
                        List.of());
        assertThat(mails.scan("a@b.com, +49 30 1234567, DE89370400440532013000"))
                .extracting(PersonalFinding::kind)
                .containsExactly(PersonalKind.EMAIL);
    }

    @Test
    void lessConfidenceFindsBareNumbersToo() {
        var keen =
                new PersonalScanner(
                        new PersonalSettings(
                                EnumSet.of(PersonalKind.NL_BSN), PersonalSettings.REGIONS, 0.1),
                        List.of());
        assertThat(keen.scan("111222333")).hasSize(1);
    }

    @Test
    void namesComeFromWhoFindsThem() {
        EntityFinder names =
                text -> List.of(new PersonalFinding(PersonalKind.PERSON, 0, 4, 0.9, "anna"));
        var scanner = new PersonalScanner(PersonalSettings.DEFAULT, List.of(names));
        assertThat(scanner.scan("Anna: a@b.com"))
                .extracting(PersonalFinding::kind)
                .containsExactly(PersonalKind.PERSON, PersonalKind.EMAIL);
    }

    @Test
    void settingsOutOfRangeAreRefused() {
        assertThatThrownBy(() -> new PersonalSettings(Set.of(), List.of("US"), 0.5))
                .isInstanceOf(SartorException.class)
                .hasMessageContaining("kinds must be one or more");
        assertThatThrownBy(
                        () -> new PersonalSettings(Set.of(PersonalKind.EMAIL), List.of("US"), 1.5))
                .hasMessageContaining("min_confidence must be 0 to 1, got 1.5");
    }

    @Test
    void noLogTellsTheValue() {
        assertThat(SCANNER.scan("a@b.com").getFirst().toString()).doesNotContain("a@b");
    }

    /// 400 KB each: where a look at one character took a look at all that follow, one of them alone would be 1.6·10¹¹ steps.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "1", "1 ", "12 ", "0", "010 ", "@", "a@", "a.", "a@a.", "+", "+1", "(", "(0)", ":",
                "::", "a:", "1.", "1-", "DE89 ", "DE89", "A", "AA ", "\u0660", "é", "\n", "ssn 1 "
            })
    void hostileTextTakesTimeInProportion(String part) {
        assertThat(SCANNER.scan(part.repeat(400_000 / part.length()))).isNotNull();
    }
}
