package dev.sartor.curate.personal;

import static dev.sartor.curate.personal.PersonalKind.BE_NATIONAL_NUMBER;
import static dev.sartor.curate.personal.PersonalKind.CH_AHV;
import static dev.sartor.curate.personal.PersonalKind.DE_TAX_ID;
import static dev.sartor.curate.personal.PersonalKind.DK_CPR;
import static dev.sartor.curate.personal.PersonalKind.ES_DNI;
import static dev.sartor.curate.personal.PersonalKind.FI_HETU;
import static dev.sartor.curate.personal.PersonalKind.FR_NIR;
import static dev.sartor.curate.personal.PersonalKind.IT_CODICE_FISCALE;
import static dev.sartor.curate.personal.PersonalKind.NL_BSN;
import static dev.sartor.curate.personal.PersonalKind.NO_FODSELSNUMMER;
import static dev.sartor.curate.personal.PersonalKind.PL_PESEL;
import static dev.sartor.curate.personal.PersonalKind.SE_PERSONNUMMER;
import static dev.sartor.curate.personal.PersonalKind.UK_NHS;
import static dev.sartor.curate.personal.PersonalKind.UK_NINO;
import static dev.sartor.curate.personal.PersonalKind.US_SSN;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/// The ways in which national numbers are written. The confidence of each is from how many numbers of that form pass the check by
/// chance: a bare run of digits that one in a hundred passes stays below 0.5.
final class NationalNumbers {
    private final List<NumberForm> forms = new ArrayList<>();

    private NationalNumbers() {}

    static List<NumberForm> forms() {
        var numbers = new NationalNumbers();
        numbers.english();
        numbers.western();
        numbers.southern();
        numbers.northern();
        return List.copyOf(numbers.forms);
    }

    private void add(
            PersonalKind kind, Predicate<String> check, double confidence, String... shapes) {
        for (var shape : shapes) {
            forms.add(NumberForm.of(kind, shape, confidence, check));
        }
    }

    private void english() {
        add(US_SSN, NationalChecks::ssn, 0.65, "999-99-9999");
        add(US_SSN, NationalChecks::ssn, 0.4, "999 99 9999");
        add(US_SSN, NationalChecks::ssn, 0.1, "999999999");
        add(UK_NINO, NationalChecks::nino, 0.8, "AA 99 99 99 A", "AA-99-99-99-A", "AA 999999 A");
        add(UK_NINO, NationalChecks::nino, 0.45, "AA999999A"); // as names of compounds are
        add(UK_NHS, NationalChecks::nhs, 0.4, "999 999 9999", "999-999-9999");
        add(UK_NHS, NationalChecks::nhs, 0.15, "9999999999");
    }

    private void western() {
        add(DE_TAX_ID, NationalChecks::taxId, 0.75, "99 999 999 999");
        add(DE_TAX_ID, NationalChecks::taxId, 0.4, "99999999999"); // 4 in 1,000 by chance
        add(FR_NIR, NationalChecks::nir, 0.95, "9 99 99 9X 999 999 99", "9 99 99 9X 999 999-99");
        add(FR_NIR, NationalChecks::nir, 0.85, "999999X999999 99", "999999X999999-99");
        add(FR_NIR, NationalChecks::nir, 0.75, "999999X99999999");
        add(NL_BSN, NationalChecks::bsn, 0.45, "9999.99.999", "999.999.999", "9999 99 999");
        add(NL_BSN, NationalChecks::bsn, 0.2, "999999999"); // 1 in 11
        add(
                BE_NATIONAL_NUMBER,
                NationalChecks::belgian,
                0.95,
                "99.99.99-999.99",
                "99.99.99-999-99",
                "99.99.99 999.99");
        add(BE_NATIONAL_NUMBER, NationalChecks::belgian, 0.8, "999999-999-99", "999999 999 99");
        add(BE_NATIONAL_NUMBER, NationalChecks::belgian, 0.45, "99999999999"); // 8 in 10,000
        add(CH_AHV, NationalChecks::ahv, 0.97, "999.9999.9999.99", "999 9999 9999 99");
        add(CH_AHV, NationalChecks::ahv, 0.7, "9999999999999");
    }

    private void southern() {
        add(ES_DNI, NationalChecks::dni, 0.8, "99.999.999-A", "99.999.999 A", "99999999-A");
        add(ES_DNI, NationalChecks::dni, 0.65, "99999999A");
        add(ES_DNI, NationalChecks::nie, 0.8, "A-9999999-A", "A9999999-A", "A-9999999A");
        add(ES_DNI, NationalChecks::nie, 0.7, "A9999999A");
        add(IT_CODICE_FISCALE, NationalChecks::fiscale, 0.97, "AAAAAAXXAXXAXXXA");
        add(
                IT_CODICE_FISCALE,
                NationalChecks::fiscale,
                0.97,
                "AAA AAA XXAXX AXXXA",
                "AAA-AAA-XXAXX-AXXXA");
    }

    private void northern() {
        add(SE_PERSONNUMMER, NationalChecks::swedish, 0.85, "99999999-9999", "99999999+9999");
        add(SE_PERSONNUMMER, NationalChecks::swedish, 0.7, "999999-9999", "999999+9999");
        add(SE_PERSONNUMMER, NationalChecks::swedish, 0.4, "999999999999"); // as a time may be
        add(SE_PERSONNUMMER, NationalChecks::swedish, 0.2, "9999999999");
        add(DK_CPR, NationalChecks::cpr, 0.4, "999999-9999");
        add(DK_CPR, NationalChecks::cpr, 0.2, "999999 9999");
        add(DK_CPR, NationalChecks::cpr, 0.1, "9999999999");
        add(PL_PESEL, NationalChecks::pesel, 0.3, "99999999999"); // 2 in 100
        add(FI_HETU, NationalChecks::hetu, 0.95, "999999-999A", "999999+999X", "999999A999X");
        add(FI_HETU, NationalChecks::hetu, 0.6, "999999-9999"); // as Danes and Swedes write theirs
        add(NO_FODSELSNUMMER, NationalChecks::norwegian, 0.7, "999999 99999");
        add(NO_FODSELSNUMMER, NationalChecks::norwegian, 0.45, "99999999999"); // 3 in 10,000
    }
}
